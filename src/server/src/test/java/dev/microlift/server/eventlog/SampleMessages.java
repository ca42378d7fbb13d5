package dev.microlift.server.eventlog;

import java.time.Instant;
import java.util.Map;

/** Messages for tests that only care about a few fields. */
public final class SampleMessages {

    /** When sample messages happened and came in, unless a test says otherwise. */
    public static final Instant NOON = Instant.parse("2026-05-20T12:00:00Z");

    private SampleMessages() {}

    /** A track event of the user {@code u1}. */
    public static Message track(String messageId) {
        return track(messageId, NOON);
    }

    /** A track event that came in at a time. */
    public static Message track(String messageId, Instant receivedAt) {
        return new Message(
                messageId,
                Kind.TRACK,
                "Product Viewed",
                "u1",
                null,
                Map.of(),
                NOON,
                receivedAt,
                "{}",
                "{}",
                false,
                false,
                false,
                0,
                null);
    }

    /** A track message with what the sender said told by a number. */
    public static Message withContent(String messageId, int content) {
        Message message = track(messageId);
        return new Message(
                messageId,
                message.kind(),
                message.event(),
                message.userId(),
                message.anonymousId(),
                message.units(),
                message.time(),
                message.receivedAt(),
                message.properties(),
                message.context(),
                message.late(),
                message.clamped(),
                message.bot(),
                content,
                message.exposure());
    }

    /** An identification that links two ids. */
    public static Message identify(String messageId, String anonymousId, String userId, Instant time) {
        return new Message(
                messageId,
                Kind.IDENTIFY,
                "identify",
                userId,
                anonymousId,
                Map.of(),
                time,
                NOON,
                "{}",
                "{}",
                false,
                false,
                false,
                0,
                null);
    }
}
