package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.Exposure;
import dev.microlift.server.eventlog.LogBatch;
import dev.microlift.server.eventlog.Message;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The tables that are filled from the log. */
final class DuckDbTables implements LoadTarget {

    private final DuckDb database;
    private final NameCounts names = new NameCounts();

    DuckDbTables(DuckDb database) {
        this.database = database;
    }

    @Override
    public long position() throws SQLException {
        database.recover();
        return database.read(Loaded::read).position();
    }

    @Override
    public void load(LogBatch batch) throws SQLException {
        try (DuckDBConnection connection = database.connect()) {
            database.write(connection, statement -> {
                append(connection, batch);
                if (!batch.isEmpty()) {
                    names.countFrom(statement, batch.firstPosition());
                }
                moveTo(statement, batch);
            });
        }
    }

    private static void append(DuckDBConnection connection, LogBatch batch) throws SQLException {
        try (DuckDBAppender rows = connection.createAppender("hot_events")) {
            long position = batch.firstPosition();
            for (Message message : batch.messages()) {
                append(rows, position++, message);
            }
        }
    }

    private static void append(DuckDBAppender rows, long position, Message message) throws SQLException {
        Exposure exposure = message.exposure();
        rows.beginRow()
                .append(position)
                .append(message.messageId())
                .append(message.kind().text())
                .append(message.event())
                .append(message.userId())
                .append(message.anonymousId());
        // An empty map costs as much as all other columns together.
        if (message.units().isEmpty()) {
            rows.appendNull();
        } else {
            rows.append(message.units());
        }
        rows.append(message.time().toEpochMilli())
                .append(message.receivedAt().toEpochMilli())
                .append(message.late())
                .append(message.clamped())
                .append(message.bot())
                .append(message.properties())
                .append(message.context())
                .append(exposure == null ? null : exposure.experiment())
                .append(exposure == null ? null : exposure.variant())
                .endRow();
    }

    private static void moveTo(Statement statement, LogBatch batch) throws SQLException {
        long watermark = batch.messages().stream()
                .mapToLong(message -> Math.min(
                        message.time().toEpochMilli(), message.receivedAt().toEpochMilli()))
                .max()
                .orElse(Long.MIN_VALUE);
        statement.execute("update loaded set position = " + batch.lastPosition()
                + (batch.isEmpty() ? "" : ", watermark_ms = greatest(watermark_ms, " + watermark + ")"));
    }
}
