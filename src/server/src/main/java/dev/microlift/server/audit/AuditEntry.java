package dev.microlift.server.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.server.access.Actor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change, or an attempt at one, as it is shown.
 *
 * @param actor who did it, as it was called then
 * @param action {@code create}, {@code replace}, {@code delete}, {@code start}, …
 * @param object what it was done to
 * @param error the code of the problem that refused it
 * @param requestId what the request is called in its answer and in the log, as {@code X-Request-Id}
 * @param before the object's document until then; null if it was new
 * @param after the object's document from then on; null if it was deleted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditEntry(
        long id,
        Instant at,
        Actor actor,
        String action,
        Thing object,
        Outcome outcome,
        @Nullable String error,
        @Nullable String requestId,
        @Nullable JsonNode before,
        @Nullable JsonNode after) {

    /** What something was done to; the key is empty where the request named none, or none that can be. */
    public record Thing(String kind, String key) {}

    /** What became of it. */
    public enum Outcome {
        /** The change is in force. */
        DONE,
        /** Nothing has changed. */
        REFUSED
    }
}
