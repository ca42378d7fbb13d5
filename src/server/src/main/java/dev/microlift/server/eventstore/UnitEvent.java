package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.Selection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stored message of a unit.
 *
 * @param units ids of other unit types as a JSON object; null for none
 * @param properties a JSON object
 * @param context a JSON object
 * @param experiment of an exposure; null for other messages
 * @param variant of an exposure; null for other messages
 */
public record UnitEvent(
        String messageId,
        String kind,
        String event,
        @Nullable String userId,
        @Nullable String anonymousId,
        @Nullable String units,
        Instant time,
        Instant receivedAt,
        boolean late,
        boolean clamped,
        boolean bot,
        String properties,
        String context,
        @Nullable String experiment,
        @Nullable String variant) {

    private static final String QUERY =
            "select *, to_json(units)::varchar as units_json from events where {unit}" + " order by time_ms, position";

    /** Tells all messages of a unit, in the order of their time. */
    static void each(Connection connection, Selection.OfUnit unit, Consumer<UnitEvent> reader) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY.replace("{unit}", SelectedRows.condition(unit)))) {
            while (rows.next()) {
                reader.accept(read(rows));
            }
        }
    }

    private static UnitEvent read(ResultSet row) throws SQLException {
        return new UnitEvent(
                row.getString("message_id"),
                row.getString("kind"),
                row.getString("name"),
                row.getString("user_id"),
                row.getString("anonymous_id"),
                row.getString("units_json"),
                Instant.ofEpochMilli(row.getLong("time_ms")),
                Instant.ofEpochMilli(row.getLong("received_ms")),
                row.getBoolean("late"),
                row.getBoolean("clamped"),
                row.getBoolean("bot"),
                row.getString("properties"),
                row.getString("context"),
                row.getString("experiment"),
                row.getString("variant"));
    }
}
