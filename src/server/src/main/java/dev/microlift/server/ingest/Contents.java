package dev.microlift.server.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.eventlog.Exposure;
import dev.microlift.server.eventlog.Kind;
import java.util.List;
import java.util.Optional;

/** What a message says happened: its event and properties, found where each kind of message keeps them. */
final class Contents {

    private static final List<String> PAGE_PROPERTIES = List.of("path", "url", "referrer", "title");

    private Contents() {}

    /** The event's name; kinds without events of their own are named after themselves. */
    static String event(Kind kind, JsonNode message) throws Rejected {
        if (kind != Kind.TRACK) {
            return kind.text();
        }
        JsonNode event = message.path("event");
        if (event.isMissingNode() || event.isNull()) {
            throw new Rejected("/event", "missing-event", "a track message names its event");
        }
        if (!event.isTextual()) {
            throw new Rejected("/event", "wrong-type", "the name of an event is text");
        }
        if (event.textValue().isBlank()) {
            throw new Rejected("/event", "missing-event", "a track message names its event");
        }
        return event.textValue();
    }

    static ObjectNode properties(Kind kind, JsonNode message, JsonNode context) throws Rejected {
        return switch (kind) {
            case TRACK -> object(message, "properties");
            case PAGE, SCREEN -> page(message, context);
            case IDENTIFY -> traits(message, context);
            case GROUP -> with(traits(message, context), message, "groupId");
            case ALIAS -> with(object(message, "properties"), message, "previousId");
        };
    }

    /** An optional object of a message; empty when absent. */
    static ObjectNode object(JsonNode message, String name) throws Rejected {
        JsonNode value = message.path(name);
        if (value instanceof ObjectNode object) {
            return object;
        }
        if (value.isMissingNode() || value.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        throw new Rejected("/" + name, "wrong-type", "an object is expected");
    }

    /** What a page is called stands beside the properties, and where it is may stand in the context alone. */
    private static ObjectNode page(JsonNode message, JsonNode context) throws Rejected {
        ObjectNode properties = with(with(object(message, "properties"), message, "name"), message, "category");
        for (String property : PAGE_PROPERTIES) {
            with(properties, context.path("page"), property);
        }
        return properties;
    }

    private static ObjectNode traits(JsonNode message, JsonNode context) throws Rejected {
        boolean besideContext =
                message.hasNonNull("traits") || !context.path("traits").isObject();
        return besideContext ? object(message, "traits") : object(context, "traits");
    }

    /** Adds a field of another object, unless the properties have it. */
    private static ObjectNode with(ObjectNode properties, JsonNode other, String name) {
        if (!properties.has(name) && other.hasNonNull(name)) {
            properties.set(name, other.get(name));
        }
        return properties;
    }

    /** What a unit saw, if the message says so. */
    static Optional<Exposure> exposure(Kind kind, String event, JsonNode properties) throws Rejected {
        if (kind != Kind.TRACK || !event.equals(Exposure.EVENT)) {
            return Optional.empty();
        }
        return Optional.of(new Exposure(
                named(properties, "experiment_id", "missing-experiment"),
                named(properties, "variation_id", "missing-variation")));
    }

    private static String named(JsonNode properties, String name, String missing) throws Rejected {
        JsonNode value = properties.path(name);
        if (!(value.isTextual() || value.isIntegralNumber()) || value.asText().isBlank()) {
            throw new Rejected("/properties/" + name, missing, "an exposure names its " + name + " as text");
        }
        return value.asText();
    }
}
