package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.LogBatch;
import java.sql.SQLException;

/** The tables, as the loader sees them. */
interface LoadTarget {

    /** Adds the messages and moves the loaded position to the last of them: both, or neither. */
    void load(LogBatch batch) throws SQLException;
}
