package dev.microlift.server.eventlog;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One validated message of the tracking specification, as it is kept.
 *
 * @param event what happened: the event's name, or the kind for messages that have none
 * @param units ids of other unit types, by the type's name
 * @param time when it happened, by this server's clock
 * @param properties a JSON object: properties of an event, traits of an identification
 * @param context a JSON object
 * @param late older than the log takes for granted when it came in
 * @param clamped its clock was so far ahead that the time of receipt stands in for its time
 * @param bot sent by a known robot: kept, but in no analysis
 * @param content a checksum of what the sender said, whenever it said it: another message under the same id has another
 * @param exposure present for exposures only
 */
public record Message(
        String messageId,
        Kind kind,
        String event,
        @Nullable String userId,
        @Nullable String anonymousId,
        Map<String, String> units,
        Instant time,
        Instant receivedAt,
        String properties,
        String context,
        boolean late,
        boolean clamped,
        boolean bot,
        int content,
        @Nullable Exposure exposure) {

    /** What one message costs in memory beside its texts, roughly. */
    private static final long OVERHEAD_BYTES = 300;

    public Message {
        if (messageId.isEmpty() || event.isEmpty()) {
            throw new IllegalArgumentException("a message has an id and the name of what happened");
        }
        if (userId == null && anonymousId == null && units.isEmpty()) {
            throw new IllegalArgumentException("a message belongs to a unit");
        }
        units = Map.copyOf(units);
    }

    /** How much memory it takes, roughly: queues are bounded by it. */
    public long footprint() {
        long bytes = OVERHEAD_BYTES + messageId.length() + event.length() + length(userId) + length(anonymousId);
        for (Map.Entry<String, String> unit : units.entrySet()) {
            bytes += OVERHEAD_BYTES + unit.getKey().length() + unit.getValue().length();
        }
        return bytes + properties.length() + context.length();
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
