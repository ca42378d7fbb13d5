package dev.microlift.server.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.document.Faults;
import dev.microlift.server.document.Representable;
import dev.microlift.server.eventlog.Exposure;
import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.problem.Fault;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a message of what a library sent, or says why it cannot be one. */
final class MessageReader {

    private final StrictJson json;

    MessageReader(StrictJson json) {
        this.json = json;
    }

    /**
     * What holds for every message of a request unless the message says otherwise.
     *
     * @param kind by the route; null where messages must say it
     * @param sentAt by the request; null if it does not say
     * @param anyAge history: nothing is too old
     * @param isBot tells by a message's context whether a robot sent it
     * @param newId makes ids for messages without one
     */
    record Defaults(
            @Nullable Kind kind,
            @Nullable Instant sentAt,
            ObjectNode context,
            Instant receivedAt,
            boolean anyAge,
            Predicate<JsonNode> isBot,
            Supplier<String> newId) {

        /** Without robots, and with random ids. */
        Defaults(
                @Nullable Kind kind, @Nullable Instant sentAt, ObjectNode context, Instant receivedAt, boolean anyAge) {
            this(
                    kind,
                    sentAt,
                    context,
                    receivedAt,
                    anyAge,
                    any -> false,
                    () -> UUID.randomUUID().toString());
        }

        Defaults withBots(Predicate<JsonNode> bots) {
            return new Defaults(kind, sentAt, context, receivedAt, anyAge, bots, newId);
        }

        Defaults withNewId(Supplier<String> ids) {
            return new Defaults(kind, sentAt, context, receivedAt, anyAge, isBot, ids);
        }
    }

    /** Reads a message. */
    Message read(RawMessage raw, Defaults defaults) throws Rejected {
        JsonNode message = raw.node();
        // First of all: of what may not be stored nothing is kept for another reason either.
        JsonNode own = message.path("context");
        Unwanted.requireConsent(own.has("consent") ? own : defaults.context());
        if (raw.bytes() > Limits.MESSAGE_BYTES) {
            throw new Rejected("", "too-large", "a message has at most " + Limits.MESSAGE_BYTES + " bytes");
        }
        if (!message.isObject()) {
            throw new Rejected("", "wrong-type", "a message is an object");
        }
        requireRepresentable(message);
        Kind kind = kind(message, defaults);
        ObjectNode context = context(message, defaults);
        UnitIds units = UnitIds.of(message, context);
        String event = Contents.event(kind, message);
        ObjectNode properties = Contents.properties(kind, message, context);
        Optional<Exposure> exposure = Contents.exposure(kind, event, properties);
        Moment moment = moment(message, defaults);
        String propertiesText = text(properties);
        return new Message(
                messageId(message).orElseGet(defaults.newId()),
                kind,
                event,
                units.userId(),
                units.anonymousId(),
                units.others(),
                moment.time(),
                defaults.receivedAt(),
                propertiesText,
                text(context),
                moment.late(),
                moment.clamped(),
                defaults.isBot().test(context),
                ContentChecksum.of(message, kind, event, units, propertiesText),
                exposure.orElse(null));
    }

    private static void requireRepresentable(JsonNode message) throws Rejected {
        Faults faults = new Faults();
        Representable.check(message, faults);
        if (!faults.isEmpty()) {
            Fault first = faults.all().get(0);
            throw new Rejected(first.pointer(), first.code(), first.detail());
        }
    }

    private static Kind kind(JsonNode message, Defaults defaults) throws Rejected {
        JsonNode type = message.path("type");
        if (defaults.kind() != null && (type.isMissingNode() || type.isNull())) {
            return defaults.kind();
        }
        Optional<Kind> kind = type.isTextual() ? Kind.of(type.textValue()) : Optional.empty();
        return kind.orElseThrow(() -> new Rejected(
                "/type", "unknown-type", "one of track, page, screen, identify, alias, group is expected"));
    }

    /** The message's id as it gave it; empty if it gave none. */
    static Optional<String> messageId(JsonNode message) throws Rejected {
        return UnitIds.id(message.path("messageId"), "/messageId", Limits.MESSAGE_ID_BYTES, "message-id-too-long");
    }

    private static ObjectNode context(JsonNode message, Defaults defaults) throws Rejected {
        ObjectNode own = Contents.object(message, "context");
        if (defaults.context().isEmpty()) {
            return own;
        }
        ObjectNode merged = defaults.context().deepCopy();
        merged.setAll(own);
        return merged;
    }

    private static Moment moment(JsonNode message, Defaults defaults) throws Rejected {
        JsonNode timestamp =
                message.hasNonNull("timestamp") ? message.get("timestamp") : message.path("originalTimestamp");
        Instant claimed = null;
        if (!timestamp.isMissingNode() && !timestamp.isNull()) {
            claimed = time(timestamp)
                    .orElseThrow(() -> new Rejected(
                            message.hasNonNull("timestamp") ? "/timestamp" : "/originalTimestamp",
                            "invalid-time",
                            "a time such as 2026-01-31T08:00:00.000Z is expected"));
        }
        return defaults.anyAge()
                ? Moment.ofHistory(claimed, defaults.receivedAt())
                : Moment.of(claimed, sentAt(message, defaults), defaults.receivedAt());
    }

    private static @Nullable Instant sentAt(JsonNode message, Defaults defaults) {
        return message.hasNonNull("sentAt") ? time(message.get("sentAt")).orElse(null) : defaults.sentAt();
    }

    /** The time a value names; empty if it names none. */
    static Optional<Instant> time(JsonNode value) {
        return value.isTextual() ? TimeText.parse(value.textValue()) : Optional.empty();
    }

    private String text(ObjectNode object) {
        return object.isEmpty() ? "{}" : json.text(object);
    }
}
