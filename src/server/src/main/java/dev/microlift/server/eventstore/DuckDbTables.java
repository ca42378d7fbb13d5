package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.LogBatch;
import dev.microlift.server.eventlog.LoggedMessage;
import java.sql.SQLException;
import java.sql.Statement;

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
        database.workAlone();
        database.write(statement -> {
            if (!batch.isEmpty()) {
                database.logged().insert(statement, batch);
                names.countFrom(statement, batch.firstPosition());
            }
            moveTo(statement, batch);
        });
    }

    /** What is erased has no row; it is counted, and says nothing of the latest event. */
    private static void moveTo(Statement statement, LogBatch batch) throws SQLException {
        long watermark = Long.MIN_VALUE;
        long position = batch.firstPosition();
        for (LoggedMessage message : batch.messages()) {
            if (message.isErased()) {
                statement.execute("insert into erased values (epoch_ms(" + message.receivedMillis() + ")::date, "
                        + position + ", " + position + ", 1)");
            } else {
                watermark = Math.max(watermark, Math.min(message.timeMillis(), message.receivedMillis()));
            }
            position++;
        }
        statement.execute("update loaded set position = " + batch.lastPosition()
                + (watermark == Long.MIN_VALUE ? "" : ", watermark_ms = greatest(watermark_ms, " + watermark + ")"));
    }
}
