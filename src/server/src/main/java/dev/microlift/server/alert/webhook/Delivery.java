package dev.microlift.server.alert.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message to one receiver.
 *
 * @param id the header {@code webhook-id}: the same at every attempt
 * @param type what happened: {@code alert.opened} or {@code alert.closed}
 * @param nextAttemptAt null once it is delivered or given up
 * @param lastStatus what the receiver answered last; null if it has not answered
 * @param lastError why the last attempt failed; null if it did not
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Delivery(
        String id,
        String type,
        State state,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable Integer lastStatus,
        @Nullable String lastError,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    /** How far it is. */
    public enum State {
        /** It is tried, again and again. */
        PENDING,
        /** The receiver has it. */
        DELIVERED,
        /** It was given up. */
        FAILED
    }
}
