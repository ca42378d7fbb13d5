package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.Exposure;
import dev.microlift.server.eventlog.Message;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The table of events in DuckDB, over the writer's own connection. */
final class DuckDbEventTable implements EventTable, AutoCloseable {

    /** Results are handed over whole, so long ones are asked for in parts. */
    private static final long ROWS_AT_ONCE = 500_000;

    private final DuckDBConnection connection;

    DuckDbEventTable(DuckDBConnection connection) {
        this.connection = connection;
    }

    @Override
    public long lastPosition() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select coalesce(max(position), 0) from events")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void append(long firstPosition, List<Message> messages) throws SQLException {
        inTransaction(() -> {
            try (DuckDBAppender rows = connection.createAppender("events")) {
                long position = firstPosition;
                for (Message message : messages) {
                    append(rows, position++, message);
                }
            }
        });
    }

    @Override
    public void proveWritable(Instant now) throws SQLException {
        inTransaction(() -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into recoveries values (?)")) {
                insert.setLong(1, now.toEpochMilli());
                insert.executeUpdate();
            }
        });
    }

    /**
     * The transaction must be begun in words: after {@code setAutoCommit(false)} alone the appender would commit every
     * 2,048 rows by itself, and a rollback would undo nothing.
     */
    private void inTransaction(Work work) throws SQLException {
        try (Statement transaction = connection.createStatement()) {
            transaction.execute("BEGIN TRANSACTION");
            try {
                work.run();
                transaction.execute("COMMIT");
            } catch (SQLException | RuntimeException | Error failure) {
                rollBack(transaction, failure);
                throw failure;
            }
        }
    }

    /** A failed COMMIT has already ended the transaction; then there is nothing to roll back. */
    private static void rollBack(Statement transaction, Throwable failure) {
        try {
            transaction.execute("ROLLBACK");
        } catch (SQLException ended) {
            failure.addSuppressed(ended);
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
                .append(message.anonymousId())
                .append(message.units())
                .append(message.time().toEpochMilli())
                .append(message.receivedAt().toEpochMilli())
                .append(message.late())
                .append(message.clamped())
                .append(message.properties())
                .append(message.context())
                .append(exposure == null ? null : exposure.experiment())
                .append(exposure == null ? null : exposure.variant())
                .endRow();
    }

    @Override
    public void eachReceivedSince(Instant since, IdReader reader) throws SQLException {
        long last = lastPosition();
        for (long from = firstPositionSince(since); from <= last; from += ROWS_AT_ONCE) {
            read(since, from, reader);
        }
    }

    private long firstPositionSince(Instant since) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select coalesce(min(position), 9223372036854775807) from events where received_ms >= ?")) {
            query.setLong(1, since.toEpochMilli());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void read(Instant since, long from, IdReader reader) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select message_id, received_ms from events"
                + " where position >= ? and position < ? and received_ms >= ?")) {
            query.setLong(1, from);
            query.setLong(2, from + ROWS_AT_ONCE);
            query.setLong(3, since.toEpochMilli());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows.getString(1), Instant.ofEpochMilli(rows.getLong(2)));
                }
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private interface Work {
        void run() throws SQLException;
    }
}
