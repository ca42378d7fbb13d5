package dev.microlift.server.eventstore;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the tables follow the log: all up to this position is in them, nothing after it, and nothing twice.
 *
 * @param watermark time of the latest event; null if there is none
 */
record Loaded(long position, @Nullable Instant watermark) {

    static Loaded read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select position, watermark_ms from loaded")) {
            row.next();
            long position = row.getLong(1);
            long watermark = row.getLong(2);
            return new Loaded(position, row.wasNull() ? null : Instant.ofEpochMilli(watermark));
        }
    }

    Optional<Instant> latest() {
        return Optional.ofNullable(watermark);
    }
}
