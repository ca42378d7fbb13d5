package dev.microlift.server.eventlog;

import static dev.microlift.server.eventlog.SampleMessages.NOON;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes messages for tests; what a test does not say is an event of a user at noon. */
public final class MessageBuilder {

    private final String messageId;
    private Kind kind = Kind.TRACK;
    private String event = "Product Viewed";
    private @Nullable String userId;
    private @Nullable String anonymousId;
    private Map<String, String> units = Map.of();
    private Instant time = NOON;
    private Instant receivedAt = NOON;
    private String properties = "{}";
    private String context = "{}";
    private boolean late;
    private boolean clamped;
    private boolean bot;
    private int content;
    private @Nullable Exposure exposure;

    private MessageBuilder(String messageId) {
        this.messageId = messageId;
    }

    /** A track message that belongs to nobody yet. */
    public static MessageBuilder message(String messageId) {
        return new MessageBuilder(messageId);
    }

    /** A message that differs from another in what is said next. */
    public static MessageBuilder like(Message message) {
        return message(message.messageId())
                .kind(message.kind())
                .event(message.event())
                .user(message.userId())
                .visitor(message.anonymousId())
                .units(message.units())
                .time(message.time())
                .receivedAt(message.receivedAt())
                .properties(message.properties())
                .context(message.context())
                .late(message.late())
                .clamped(message.clamped())
                .bot(message.bot())
                .content(message.content())
                .exposure(message.exposure());
    }

    public MessageBuilder kind(Kind kind) {
        this.kind = kind;
        return this;
    }

    public MessageBuilder event(String event) {
        this.event = event;
        return this;
    }

    public MessageBuilder user(@Nullable String userId) {
        this.userId = userId;
        return this;
    }

    public MessageBuilder visitor(@Nullable String anonymousId) {
        this.anonymousId = anonymousId;
        return this;
    }

    public MessageBuilder units(Map<String, String> units) {
        this.units = units;
        return this;
    }

    public MessageBuilder time(Instant time) {
        this.time = time;
        return this;
    }

    public MessageBuilder receivedAt(Instant receivedAt) {
        this.receivedAt = receivedAt;
        return this;
    }

    public MessageBuilder properties(String properties) {
        this.properties = properties;
        return this;
    }

    public MessageBuilder context(String context) {
        this.context = context;
        return this;
    }

    public MessageBuilder late(boolean late) {
        this.late = late;
        return this;
    }

    public MessageBuilder clamped(boolean clamped) {
        this.clamped = clamped;
        return this;
    }

    public MessageBuilder bot(boolean bot) {
        this.bot = bot;
        return this;
    }

    public MessageBuilder content(int content) {
        this.content = content;
        return this;
    }

    public MessageBuilder exposure(@Nullable Exposure exposure) {
        this.exposure = exposure;
        return this;
    }

    public Message build() {
        return new Message(
                messageId,
                kind,
                event,
                userId,
                anonymousId,
                units,
                time,
                receivedAt,
                properties,
                context,
                late,
                clamped,
                bot,
                content,
                exposure);
    }
}
