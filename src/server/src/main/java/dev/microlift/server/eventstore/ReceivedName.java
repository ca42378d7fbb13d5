package dev.microlift.server.eventstore;

import dev.microlift.server.document.Page;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A name that events came in under, whether or not any step uses it.
 *
 * @param kind of the messages: track, page, screen, identify, alias or group
 * @param count how many events
 * @param properties the most frequent ones of the events' own, by their frequency
 */
public record ReceivedName(
        String name, String kind, long count, Instant firstSeen, Instant lastSeen, List<Property> properties) {

    private static final String QUERY = StoreSql.file("received_names.sql");
    private static final int MOST_PROPERTIES = 100;

    public ReceivedName {
        properties = List.copyOf(properties);
    }

    /**
     * A property by its name.
     *
     * @param count how many of the events carried it
     */
    public record Property(String name, long count) {}

    /** A part of the list of all names, ordered by name and kind. */
    static Page<ReceivedName> list(Connection connection, Page.Request request) throws SQLException {
        PairKey after = PairKey.after(request);
        return Page.of(
                find(connection, after, request.limit() + 1),
                request,
                found -> new PairKey(found.name(), found.kind()).text());
    }

    private static List<ReceivedName> find(Connection connection, PairKey after, int limit) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(QUERY)) {
            query.setString(1, after.first());
            query.setString(2, after.first());
            query.setString(3, after.second());
            query.setInt(4, limit);
            query.setInt(5, MOST_PROPERTIES);
            try (ResultSet rows = query.executeQuery()) {
                return read(rows);
            }
        }
    }

    /** A name's first row tells about its events, those that follow about a property each. */
    private static List<ReceivedName> read(ResultSet rows) throws SQLException {
        List<ReceivedName> found = new ArrayList<>();
        List<Property> properties = new ArrayList<>();
        boolean more = rows.next();
        while (more) {
            String name = rows.getString("name");
            String kind = rows.getString("kind");
            long count = rows.getLong("events");
            Instant first = Instant.ofEpochMilli(rows.getLong("first_ms"));
            Instant last = Instant.ofEpochMilli(rows.getLong("last_ms"));
            properties.clear();
            for (more = rows.next(); more && rows.getString("property") != null; more = rows.next()) {
                properties.add(new Property(rows.getString("property"), rows.getLong("events")));
            }
            found.add(new ReceivedName(name, kind, count, first, last, properties));
        }
        return found;
    }
}
