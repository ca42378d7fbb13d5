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
 * What exposures came in for one variant.
 *
 * @param exposures how many messages
 * @param units how many different units, by user id where there is one, else by anonymous id, else by other ids
 */
public record ReceivedExposures(
        String experiment, String variant, long exposures, long units, Instant firstSeen, Instant lastSeen) {

    private static final String QUERY = """
            select
              experiment,
              variant,
              count(*) as exposures,
              count(distinct coalesce('u' || user_id, 'a' || anonymous_id, 'o' || units::varchar)) as units,
              min(time_ms) as first_ms,
              max(time_ms) as last_ms
            from events
            where experiment is not null and (experiment > ? or (experiment = ? and variant > ?))
            group by experiment, variant
            order by experiment, variant
            limit ?
            """;

    /** A part of the list of all variants that exposures came in for, ordered by experiment and variant. */
    static Page<ReceivedExposures> list(Connection connection, Page.Request request) throws SQLException {
        PairKey after = PairKey.after(request);
        return Page.of(
                find(connection, after, request.limit() + 1),
                request,
                found -> new PairKey(found.experiment(), found.variant()).text());
    }

    private static List<ReceivedExposures> find(Connection connection, PairKey after, int limit) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(QUERY)) {
            query.setString(1, after.first());
            query.setString(2, after.first());
            query.setString(3, after.second());
            query.setInt(4, limit);
            List<ReceivedExposures> found = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new ReceivedExposures(
                            rows.getString("experiment"),
                            rows.getString("variant"),
                            rows.getLong("exposures"),
                            rows.getLong("units"),
                            Instant.ofEpochMilli(rows.getLong("first_ms")),
                            Instant.ofEpochMilli(rows.getLong("last_ms"))));
                }
            }
            return found;
        }
    }
}
