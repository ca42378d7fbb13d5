package dev.microlift.server.eventstore;

import java.sql.Connection;
import java.sql.SQLException;

/** Where events can be asked for. It follows the log, usually by a fraction of a second. */
public interface EventStore {

    /**
     * Runs a question on one snapshot: what is loaded meanwhile is not seen and does not wait. What was acknowledged
     * before the question is in it, unless loading takes longer than the store's limit; then {@link #lag} tells.
     * Changes the reader makes (temporary tables, for instance) are undone when it ends.
     *
     * @throws EventStoreException if the store fails to answer
     */
    <T> T read(Reader<T> reader);

    /**
     * The same, but what the reader made in the database {@code derived} stays for later questions. Nothing else may be
     * changed. What is there belongs to whoever made it, and is gone when the store is opened the next time; loading does
     * not wait for it.
     *
     * @throws EventStoreException if the store fails to answer; then nothing stays
     */
    <T> T derive(Reader<T> reader);

    /** How far what can be asked for is behind what was acknowledged. */
    LoaderLag lag();

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
