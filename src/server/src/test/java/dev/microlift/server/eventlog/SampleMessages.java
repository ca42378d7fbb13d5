package dev.microlift.server.eventlog;

import static dev.microlift.server.eventlog.MessageBuilder.message;

import java.time.Instant;

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
        return message(messageId).user("u1").receivedAt(receivedAt).build();
    }

    /** A track message with what the sender said told by a number. */
    public static Message withContent(String messageId, int content) {
        return message(messageId).user("u1").content(content).build();
    }

    /** An identification that links two ids. */
    public static Message identify(String messageId, String anonymousId, String userId, Instant time) {
        return message(messageId)
                .kind(Kind.IDENTIFY)
                .event("identify")
                .user(userId)
                .visitor(anonymousId)
                .time(time)
                .build();
    }
}
