package dev.microlift.server.experiment;

import dev.microlift.server.document.Fields;
import dev.microlift.server.journey.EventMatch;
import dev.microlift.server.journey.JourneyReader;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads one guardrail of an experiment. */
final class GuardrailReader {

    private static final double DEFAULT_MARGIN = 0.05;

    private GuardrailReader() {}

    static Optional<Guardrail> guardrail(Fields fields) {
        Optional<Guardrail.Metric> metric = fields.object("metric", GuardrailReader::metric);
        if (!fields.has("metric")) {
            fields.fault("metric", "required", "the field is required");
        }
        OptionalDouble margin = fields.number("margin");
        if (margin.isPresent() && !(margin.getAsDouble() > 0 && margin.getAsDouble() < 1)) {
            fields.fault("margin", "out-of-range", "a share of the control's figure between 0 and 1 is expected");
        }
        Guardrail.Direction direction =
                fields.choice("direction", Guardrail.Direction.class).orElse(Guardrail.Direction.INCREASE);
        Guardrail.Action action =
                fields.choice("action", Guardrail.Action.class).orElse(Guardrail.Action.ALERT);
        return metric.map(measured -> new Guardrail(measured, margin.orElse(DEFAULT_MARGIN), direction, action));
    }

    private static Optional<Guardrail.Metric> metric(Fields fields) {
        String key = fields.key("key");
        Optional<EventMatch> match = JourneyReader.match(fields);
        Guardrail.Type type = fields.choice("type", Guardrail.Type.class).orElse(Guardrail.Type.CONVERSION);
        Optional<String> value = fields.text("value", 200);
        if ((type == Guardrail.Type.SUM) != value.isPresent()) {
            fields.fault("value", "contradiction", "a sum, and only a sum, names the property that is summed");
        }
        return match.map(matched -> new Guardrail.Metric(key, matched, type, value.orElse(null)));
    }
}
