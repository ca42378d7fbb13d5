package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.Message;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The table of events, as its one writer sees it. */
interface EventTable {

    /** The position of the last row, 0 if there is none. */
    long lastPosition() throws SQLException;

    /** Adds rows at consecutive positions: all of them durably, or none. */
    void append(long firstPosition, List<Message> messages) throws SQLException;

    /** Tells the id and the time of receipt of every message received since then. */
    void eachReceivedSince(Instant since, IdReader reader) throws SQLException;

    /** Writes something durably, to find out whether it can be done. */
    void proveWritable(Instant now) throws SQLException;

    /** Hears of a stored message. */
    interface IdReader {
        void read(String messageId, Instant receivedAt);
    }
}
