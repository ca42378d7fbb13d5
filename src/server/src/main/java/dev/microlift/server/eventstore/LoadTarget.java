package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.LogBatch;
import java.sql.SQLException;

/** The tables, as the loader sees them. */
interface LoadTarget {

    /**
     * The loaded position. After a failed {@link #load} only this tells what became of it: a commit may have come through
     * and yet be told as failed.
     */
    long position() throws SQLException;

    /** Adds the messages and moves the loaded position to the last of them: both, or neither. */
    void load(LogBatch batch) throws SQLException;
}
