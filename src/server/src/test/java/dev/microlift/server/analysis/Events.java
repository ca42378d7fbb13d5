package dev.microlift.server.analysis;

import static dev.microlift.server.eventlog.MessageBuilder.like;
import static dev.microlift.server.eventlog.MessageBuilder.message;

import dev.microlift.server.eventlog.Exposure;
import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventlog.MessageBuilder;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages to analyse; times are milliseconds after {@link #START}. */
final class Events {

    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private static final Instant RECEIVED = START.plusSeconds(90L * 86_400);

    private Events() {}

    static Message exposure(String id, String user, String variant, long time) {
        return happened(id, Exposure.EVENT, time)
                .user(user)
                .exposure(new Exposure("exp", variant))
                .build();
    }

    static Message event(String id, String user, String name, long time, String properties) {
        return happened(id, name, time).user(user).properties(properties).build();
    }

    static Message event(String id, String user, String name, long time) {
        return event(id, user, name, time, "{}");
    }

    static Message anonymous(String id, String anonymousId, String name, long time) {
        return happened(id, name, time).visitor(anonymousId).build();
    }

    static Message link(String id, String anonymousId, String user, long time) {
        return happened(id, "identify", time)
                .kind(Kind.IDENTIFY)
                .user(user)
                .visitor(anonymousId)
                .build();
    }

    static Message ofAccount(String id, String account, String name, long time, @Nullable Exposure exposure) {
        return happened(id, name, time)
                .units(Map.of("account", account))
                .exposure(exposure)
                .build();
    }

    private static MessageBuilder happened(String id, String name, long time) {
        return message(id).event(name).time(at(time)).receivedAt(RECEIVED);
    }

    /** The same with other properties. */
    static Message saying(Message message, String properties) {
        return new Message(
                message.messageId(),
                message.kind(),
                message.event(),
                message.userId(),
                message.anonymousId(),
                message.units(),
                message.time(),
                message.receivedAt(),
                properties,
                message.context(),
                message.late(),
                message.clamped(),
                message.bot(),
                message.content(),
                message.exposure());
    }

    /** The same, sent by a robot. */
    static Message byBot(Message message) {
        return like(message).bot(true).build();
    }

    static Instant at(long time) {
        return START.plusMillis(time);
    }
}
