package dev.microlift.server.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.eventlog.Exposure;
import dev.microlift.server.eventlog.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Google Analytics 4's Measurement Protocol in terms of the tracking specification: {@code client_id} is the anonymous id,
 * {@code user_id} the user's, an event's {@code params} its properties. {@code page_view} is a page, and
 * {@code experiment_viewed} with {@code experiment_id} and {@code variation_id} an exposure. The protocol knows no message
 * ids; {@code message_id} or {@code event_id} among the params is one.
 */
final class MeasurementProtocol {

    /** The protocol's own limit. */
    static final int EVENTS = 25;

    private static final String EXPOSURE = "experiment_viewed";
    private static final String PAGE = "page_view";

    /** An address and its path as browsers write it, also where a strict reader finds characters that should be escaped. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?(?://[^/?#]*)?(?<path>/[^?#]*)");

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode request;
    private final ObjectNode context;

    private MeasurementProtocol(JsonNode request, String measurementId) {
        this.request = request;
        this.context = NODES.objectNode().put("measurement_id", measurementId);
        copy(request, "user_properties", context, "user_properties");
        copy(request, "user_agent", context, "userAgent");
    }

    /** The messages of a request. */
    static Envelope envelope(EnvelopeReader.Listing listing, String measurementId) {
        MeasurementProtocol protocol = new MeasurementProtocol(listing.rest(), measurementId);
        return new Envelope(
                listing.isComplete(),
                listing.messages().stream()
                        .map(event -> event.as(protocol.message(event.node())))
                        .toList(),
                Optional.empty(),
                null,
                protocol.context);
    }

    /** What is no event stays as it is, and is rejected where all messages are. */
    private JsonNode message(JsonNode event) {
        if (!event.isObject()) {
            return event;
        }
        ObjectNode message = NODES.objectNode();
        JsonNode params = event.path("params");
        String name = event.path("name").asText();
        message.put("type", name.equals(PAGE) ? Kind.PAGE.text() : Kind.TRACK.text());
        copy(event, "name", message, "event");
        if (name.equals(EXPOSURE)) {
            message.put("event", Exposure.EVENT);
        }
        copy(request, "user_id", message, "userId");
        copy(request, "client_id", message, "anonymousId");
        copy(params, params.path("message_id").isTextual() ? "message_id" : "event_id", message, "messageId");
        JsonNode micros = event.hasNonNull("timestamp_micros") ? event : request;
        if (micros.hasNonNull("timestamp_micros")) {
            message.set("timestamp", time(micros.get("timestamp_micros")));
        }
        message.set("properties", name.equals(PAGE) && params instanceof ObjectNode page ? page(page) : params);
        return message;
    }

    /** A time that cannot be read stays as it is, and is rejected where all times are. */
    private static JsonNode time(JsonNode micros) {
        try {
            long value = Long.parseLong(micros.asText());
            Instant time =
                    Instant.ofEpochSecond(Math.floorDiv(value, 1_000_000L), Math.floorMod(value, 1_000_000L) * 1_000);
            return NODES.textNode(time.toString());
        } catch (NumberFormatException | DateTimeException unreadable) {
            return micros;
        }
    }

    private static ObjectNode page(ObjectNode params) {
        ObjectNode page = params.deepCopy();
        copy(params, "page_location", page, "url");
        copy(params, "page_referrer", page, "referrer");
        copy(params, "page_title", page, "title");
        path(params.path("page_location").asText()).ifPresent(path -> page.put("path", path));
        return page;
    }

    private static Optional<String> path(String url) {
        Matcher parts = ADDRESS.matcher(url);
        return parts.lookingAt() ? Optional.of(parts.group("path")) : Optional.empty();
    }

    private static void copy(JsonNode from, String name, ObjectNode to, String as) {
        if (from.hasNonNull(name)) {
            to.set(as, from.get(name));
        }
    }
}
