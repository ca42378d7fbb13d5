package dev.microlift.server.ingest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an import is, or how it ended.
 *
 * @param finishedAt null while it runs
 * @param bytes how many were read, as they travel
 * @param lines how many were read
 * @param accepted how many messages are stored now
 * @param duplicates how many were stored before, by their id
 * @param rejected how many lines were not taken
 * @param reason why it failed; null if it did not
 */
public record ImportStatus(
        String id,
        State state,
        Instant startedAt,
        @Nullable Instant finishedAt,
        long bytes,
        long lines,
        long accepted,
        long duplicates,
        long rejected,
        @Nullable String reason) {

    /** Where an import stands. */
    public enum State {
        /** Lines are still coming. */
        RUNNING,
        /** Every good line is durable. */
        DONE,
        /** It broke off; what is counted is durable. */
        FAILED
    }

    /** How an import ended. */
    record End(State state, Instant at, @Nullable String reason) {}
}
