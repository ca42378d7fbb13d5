package dev.microlift.server.analysis;

import dev.microlift.server.eventlog.Exposure;
import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.Message;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages to analyse; times are milliseconds after {@link #START}. */
final class Events {

    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private static final Instant RECEIVED = START.plusSeconds(90L * 86_400);

    private Events() {}

    static Message exposure(String id, String user, String variant, long time) {
        return message(id, user, null, Exposure.EVENT, time, "{}", new Exposure("exp", variant));
    }

    static Message event(String id, String user, String name, long time, String properties) {
        return message(id, user, null, name, time, properties, null);
    }

    static Message event(String id, String user, String name, long time) {
        return event(id, user, name, time, "{}");
    }

    static Message anonymous(String id, String anonymousId, String name, long time) {
        return message(id, null, anonymousId, name, time, "{}", null);
    }

    static Message link(String id, String anonymousId, String user, long time) {
        return new Message(
                id,
                Kind.IDENTIFY,
                "identify",
                user,
                anonymousId,
                Map.of(),
                at(time),
                RECEIVED,
                "{}",
                "{}",
                false,
                false,
                false,
                0,
                null);
    }

    static Message ofAccount(String id, String account, String name, long time, @Nullable Exposure exposure) {
        return new Message(
                id,
                Kind.TRACK,
                name,
                null,
                null,
                Map.of("account", account),
                at(time),
                RECEIVED,
                "{}",
                "{}",
                false,
                false,
                false,
                0,
                exposure);
    }

    private static Message message(
            String id,
            @Nullable String user,
            @Nullable String anonymousId,
            String name,
            long time,
            String properties,
            @Nullable Exposure exposure) {
        return new Message(
                id,
                Kind.TRACK,
                name,
                user,
                anonymousId,
                Map.of(),
                at(time),
                RECEIVED,
                properties,
                "{}",
                false,
                false,
                false,
                0,
                exposure);
    }

    /** The same, sent by a robot. */
    static Message byBot(Message message) {
        return new Message(
                message.messageId(),
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
                true,
                message.content(),
                message.exposure());
    }

    static Instant at(long time) {
        return START.plusMillis(time);
    }
}
