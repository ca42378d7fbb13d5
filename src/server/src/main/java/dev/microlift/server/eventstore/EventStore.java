package dev.microlift.server.eventstore;

import java.sql.Connection;
import java.sql.SQLException;

/** Where events can be asked for. */
public interface EventStore {

    /**
     * Runs a question on one snapshot: what is appended meanwhile is not seen and does not wait. Changes the reader makes
     * (temporary tables, for instance) are undone when it ends.
     *
     * @throws EventStoreException if the store fails to answer
     */
    <T> T read(Reader<T> reader);

    /**
     * A question.
     *
     * @param <T> what it answers
     */
    @FunctionalInterface
    interface Reader<T> {

        /** Asks over a connection that is inside a transaction and is closed afterwards. */
        T read(Connection connection) throws SQLException;
    }
}
