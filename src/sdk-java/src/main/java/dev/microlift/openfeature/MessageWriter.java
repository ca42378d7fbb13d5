package dev.microlift.openfeature;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Writes messages as Segment's tracking specification has them. For one thread. */
final class MessageWriter {

    private static final String EXPOSURE = "Experiment Viewed";
    private static final String EXPERIMENT = "experiment_id";
    private static final String VARIANT = "variation_id";
    /** Attributes of these names are not told, the last because it is the unit's id. */
    private static final Set<String> RESERVED = Set.of(EXPERIMENT, VARIANT, "targetingKey");

    /** The server takes 16 levels, of which the body and its list of messages are two. */
    private static final int MOST_LEVELS = 14;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.STRICT_DUPLICATE_DETECTION)
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(MOST_LEVELS)
                    .build())
            .build();

    /**
     * Part of every id. Two processes that see the same unit say different things of it, at least the time, and only the
     * server, which has both, can tell which was first.
     */
    private final String process = UUID.randomUUID().toString();

    private long messages;

    /**
     * Writes a message.
     *
     * @throws IOException if the server could not read it, and with it the whole batch: text that is no Unicode, a name
     *     twice in one object, structures or numbers beyond the server's limits
     */
    void write(Outgoing message, ByteArrayOutputStream to) throws IOException {
        try (JsonGenerator out = JSON.createGenerator(to)) {
            out.writeStartObject();
            if (message instanceof Outgoing.Exposure exposure) {
                head(out, id("exposure"), EXPOSURE, exposure.at());
                units(out, exposure.units().byType());
                out.writeObjectFieldStart("properties");
                attributes(out, exposure);
                out.writeStringField(EXPERIMENT, exposure.kind().experiment());
                out.writeStringField(VARIANT, exposure.kind().variant());
                out.writeEndObject();
            } else if (message instanceof Outgoing.Event event) {
                head(out, id("event"), event.name(), event.at());
                units(out, event.units().byType());
                out.writeFieldName("properties");
                PlainJson.write(out, event.properties());
            }
            out.writeEndObject();
        }
    }

    private static void head(JsonGenerator out, String id, String event, long at) throws IOException {
        out.writeStringField("messageId", id);
        out.writeStringField("type", "track");
        out.writeStringField("event", event);
        out.writeStringField("timestamp", Instant.ofEpochMilli(at).toString());
    }

    private static void units(JsonGenerator out, Map<String, String> units) throws IOException {
        boolean others = false;
        for (Map.Entry<String, String> unit : units.entrySet()) {
            switch (unit.getKey()) {
                case UnitIds.USER -> out.writeStringField("userId", unit.getValue());
                case UnitIds.ANONYMOUS -> out.writeStringField("anonymousId", unit.getValue());
                default -> others = true;
            }
        }
        if (others) {
            otherUnits(out, units);
        }
    }

    private static void otherUnits(JsonGenerator out, Map<String, String> units) throws IOException {
        out.writeObjectFieldStart("context");
        out.writeObjectFieldStart("units");
        for (Map.Entry<String, String> unit : units.entrySet()) {
            if (!unit.getKey().equals(UnitIds.USER) && !unit.getKey().equals(UnitIds.ANONYMOUS)) {
                out.writeStringField(unit.getKey(), unit.getValue());
            }
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    /** What fits into one cell, except for the ids, which stand in the message already. */
    private static void attributes(JsonGenerator out, Outgoing.Exposure exposure) throws IOException {
        Set<String> written = exposure.units().byType().keySet();
        for (int i = 0; i < exposure.attributes().size(); i += 2) {
            String name = String.valueOf(exposure.attributes().get(i));
            Object value = exposure.attributes().get(i + 1);
            if (PlainJson.isScalar(value) && !RESERVED.contains(name) && !written.contains(name)) {
                out.writeFieldName(name);
                PlainJson.write(out, value);
            }
        }
    }

    private String id(String kind) {
        return kind + "-" + process + "-" + ++messages;
    }
}
