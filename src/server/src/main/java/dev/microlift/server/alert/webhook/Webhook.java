package dev.microlift.server.alert.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.alert.AlertKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is told of alerts.
 *
 * @param events the kinds of alerts that are told; empty for all
 * @param secret what deliveries are signed with; only in the answer that made it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Webhook(
        String id,
        String url,
        List<AlertKind> events,
        @Nullable String secret,
        Instant createdAt) {

    /** It never stands in a log. */
    @Override
    public String toString() {
        return "webhook " + id;
    }
}
