package dev.microlift.server.planning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.server.document.Fields;
import dev.microlift.server.journey.Journey;
import dev.microlift.server.journey.Step;
import dev.microlift.server.journey.StepRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Reads the baselines of a plan: one for each step of the journey, by its key. */
final class BaselinesReader {

    private static final String NAME = "baselines";
    private static final double LARGEST_VALUE = 1e15;

    private BaselinesReader() {}

    /**
     * The baselines in the order of the steps.
     *
     * @param journey null if it is unknown, which spares no other fault from being told
     */
    static List<Baseline> read(Fields fields, @Nullable Journey journey) {
        Optional<JsonNode> given = fields.any(NAME);
        if (given.isEmpty()) {
            fields.fault(
                    NAME,
                    "required",
                    "the rate of each step among exposed units is required: there is too little recent traffic to take it from");
            return List.of();
        }
        return fields.object(
                        NAME,
                        rates -> journey == null ? ofUnknownSteps(rates, given.get()) : ofSteps(rates, journey.steps()))
                .orElse(List.of());
    }

    private static Optional<List<Baseline>> ofUnknownSteps(Fields rates, JsonNode given) {
        given.fieldNames().forEachRemaining(key -> baseline(rates, key, true));
        return Optional.empty();
    }

    private static Optional<List<Baseline>> ofSteps(Fields rates, List<Step> steps) {
        List<Baseline> baselines = new ArrayList<>();
        for (Step step : steps) {
            boolean valued =
                    step.role() == StepRole.MACRO && step.valueProperty().isPresent();
            baseline(rates, step.key(), valued).ifPresent(baselines::add);
        }
        return rates.isFaulty() ? Optional.empty() : Optional.of(baselines);
    }

    private static Optional<Baseline> baseline(Fields rates, String key, boolean valued) {
        if (valued && rates.any(key).filter(JsonNode::isObject).isPresent()) {
            return rates.object(key, BaselinesReader::withValue);
        }
        OptionalDouble rate = rate(rates, key);
        return rate.isPresent() ? Optional.of(new Baseline(rate.getAsDouble(), null)) : Optional.empty();
    }

    private static Optional<Baseline> withValue(Fields fields) {
        OptionalDouble rate = rate(fields, "rate");
        boolean valued = fields.has("mean") || fields.has("sd");
        OptionalDouble mean = valued ? value(fields, "mean") : OptionalDouble.empty();
        OptionalDouble sd = valued ? value(fields, "sd") : OptionalDouble.empty();
        if (fields.isFaulty() || rate.isEmpty()) {
            return Optional.empty();
        }
        Baseline.Value value =
                mean.isPresent() && sd.isPresent() ? new Baseline.Value(mean.getAsDouble(), sd.getAsDouble()) : null;
        return Optional.of(new Baseline(rate.getAsDouble(), value));
    }

    private static OptionalDouble rate(Fields fields, String name) {
        return bounded(fields, name, 1, "a rate from 0 to 1, of all exposed units, is expected");
    }

    private static OptionalDouble value(Fields fields, String name) {
        return bounded(fields, name, LARGEST_VALUE, "a number from 0 to 1e15 is expected");
    }

    private static OptionalDouble bounded(Fields fields, String name, double max, String expected) {
        OptionalDouble number = fields.number(name);
        if (!fields.has(name)) {
            fields.fault(name, "required", expected);
        } else if (number.isPresent() && !(number.getAsDouble() >= 0 && number.getAsDouble() <= max)) {
            fields.fault(name, "out-of-range", expected);
        }
        return number;
    }
}
