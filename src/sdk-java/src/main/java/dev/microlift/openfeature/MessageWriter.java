package dev.microlift.openfeature;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;

/** Writes messages as Segment's tracking specification has them. For one thread. */
final class MessageWriter {

    private static final String EXPOSURE = "Experiment Viewed";
    private static final int ID_BYTES = 16;

    private final String process = UUID.randomUUID().toString();
    private final MessageDigest digest;
    private long events;

    MessageWriter() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Writes a message.
     *
     * @throws IOException if it holds text that is no Unicode
     */
    void write(Outgoing message, ByteArrayOutputStream to) throws IOException {
        try (JsonGenerator out = PlainJson.FACTORY.createGenerator(to)) {
            out.writeStartObject();
            if (message instanceof Outgoing.Exposure exposure) {
                head(out, exposureId(exposure), EXPOSURE, exposure.at());
                units(out, exposure.units().byType());
                out.writeObjectFieldStart("properties");
                attributes(out, exposure);
                out.writeStringField("experiment_id", exposure.kind().experiment());
                out.writeStringField("variation_id", exposure.kind().variant());
                out.writeEndObject();
            } else if (message instanceof Outgoing.Event event) {
                head(out, "event-" + process + "-" + ++events, event.name(), event.at());
                units(out, event.units().byType());
                out.writeFieldName("properties");
                PlainJson.write(out, event.properties(), 0);
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

    private static void attributes(JsonGenerator out, Outgoing.Exposure exposure) throws IOException {
        for (int i = 0; i < exposure.attributes().size(); i += 2) {
            String name = String.valueOf(exposure.attributes().get(i));
            if (!name.equals("experiment_id") && !name.equals("variation_id")) {
                out.writeFieldName(name);
                PlainJson.write(out, exposure.attributes().get(i + 1), 0);
            }
        }
    }

    /** The same for every process and every repetition, so that the server counts the exposure once. */
    private String exposureId(Outgoing.Exposure exposure) {
        ExposureKind kind = exposure.kind();
        StringJoiner identity = new StringJoiner("\n");
        identity.add(kind.experiment()).add(kind.run()).add(kind.variant());
        exposure.units().byType().forEach((type, id) -> identity.add(type).add(id));
        byte[] hash = digest.digest(identity.toString().getBytes(StandardCharsets.UTF_8));
        return "exposure-" + HexFormat.of().formatHex(hash, 0, ID_BYTES);
    }
}
