package dev.microlift.server.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.eventlog.Exposure;
import dev.microlift.server.eventlog.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What GrowthBook's tracking plugin sends, in terms of the tracking specification. The plugin takes the ids out of the
 * user's attributes ({@code user_id}, and as {@code device_id} the first of device_id, anonymous_id and id) and sends the
 * other attributes beside the properties. An exposure names the variation by its key, and the unit that was hashed.
 *
 * <p>Features are given out with {@code id} as the attribute of users and {@code anonymous} as that of visitors. So without
 * a {@code user_id} it is {@code device_id} that names the user, in exposures as in all other events.
 */
final class GrowthBookEvents {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final String VISITOR = "anonymous";

    /** Attributes that name the user, and those that name a visitor, by the names that are in use. */
    private static final Set<String> USERS = Set.of("user", "user_id", "userId");

    private static final Set<String> VISITORS =
            Set.of("id", VISITOR, "anonymous_id", "anonymousId", "device", "device_id", "deviceId");

    private GrowthBookEvents() {}

    /** The messages of a request. */
    static Envelope envelope(List<RawMessage> events) {
        return Envelope.of(events.stream()
                .map(event -> event.node() instanceof ObjectNode object ? event.as(message(object)) : event)
                .toList());
    }

    private static ObjectNode message(ObjectNode event) {
        ObjectNode message = NODES.objectNode().put("type", Kind.TRACK.text());
        copy(event, "event_name", message, "event");
        copy(event, "user_id", message, "userId");
        JsonNode attributes = event.path("context_json");
        copy(event, "device_id", message, "anonymousId");
        copy(attributes, VISITOR, message, "anonymousId");
        ObjectNode context = context(event);
        message.set("context", context);
        boolean isExposure = event.path("event_name").asText().equals(Exposure.EVENT);
        if (isExposure && event.path("properties_json") instanceof ObjectNode properties) {
            message.set("properties", exposure(properties, attributes));
            addUnit(properties, message, context);
        } else {
            message.set("properties", event.path("properties_json"));
        }
        if (!message.hasNonNull("userId")) {
            copy(event, "device_id", message, "userId");
        }
        return message;
    }

    private static ObjectNode context(ObjectNode event) {
        ObjectNode context = NODES.objectNode();
        ObjectNode page = context.putObject("page");
        copy(event, "url", page, "url");
        copy(event, "page_title", page, "title");
        copy(event, "session_id", context, "sessionId");
        ObjectNode library = context.putObject("library");
        copy(event, "sdk_language", library, "name");
        copy(event, "sdk_version", library, "version");
        copy(event, "context_json", context, "attributes");
        if (event.path("context_json").path("units").isObject()) {
            copy(event.path("context_json"), "units", context, "units");
        }
        return context;
    }

    /** The user's attributes at the time of the exposure are what it can be segmented by. */
    private static ObjectNode exposure(ObjectNode properties, JsonNode attributes) {
        ObjectNode exposure = NODES.objectNode();
        if (attributes instanceof ObjectNode object) {
            exposure.setAll(object);
        }
        exposure.setAll(properties);
        exposure.remove(List.of("units", "experimentId", "variationId"));
        copy(properties, "experimentId", exposure, "experiment_id");
        copy(properties, "variationId", exposure, "variation_id");
        return exposure;
    }

    /** Units of other types are among the attributes like anything else; only here it is said which one counts. */
    private static void addUnit(ObjectNode properties, ObjectNode message, ObjectNode context) {
        String attribute = properties.path("hashAttribute").asText();
        JsonNode value = properties.path("hashValue");
        if (attribute.isEmpty() || value.isMissingNode() || value.isNull()) {
            return;
        }
        Optional<String> field = USERS.contains(attribute)
                ? Optional.of("userId")
                : VISITORS.contains(attribute) ? Optional.of("anonymousId") : Optional.empty();
        if (field.isPresent() && !message.hasNonNull(field.get())) {
            message.set(field.get(), value);
        } else if (!value.equals(message.path("userId")) && !value.equals(message.path("anonymousId"))) {
            ObjectNode units = context.path("units") instanceof ObjectNode given ? given : context.putObject("units");
            units.set(attribute, value);
        }
    }

    private static void copy(JsonNode from, String name, ObjectNode to, String as) {
        if (from.hasNonNull(name)) {
            to.set(as, from.get(name));
        }
    }
}
