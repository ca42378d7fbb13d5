package dev.microlift.server.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.StreamSupport;

/**
 * What the server's report found: of everything in it, what can be held against the truth.
 *
 * @param exposed units compared, per variant
 * @param crossovers units left out because they saw both variants
 * @param sampleRatio verdict on the shares of the variants
 * @param level of the intervals
 * @param steps in the order of the journey
 * @param verdict in words
 */
record Findings(
        Map<Arm, Long> exposed,
        long crossovers,
        SampleRatio sampleRatio,
        OptionalDouble level,
        Map<ShopStep, Finding> steps,
        String verdict) {

    /** @param pValue of the sample-ratio test, if it could be made */
    record SampleRatio(String verdict, OptionalDouble pValue) {}

    /** From {@code lower} to {@code upper}. */
    record Interval(double lower, double upper) {

        boolean covers(double value) {
            return lower <= value && value <= upper;
        }
    }

    /**
     * What was found about one step; a figure that the report refuses is absent.
     *
     * @param rates share of the exposed who did the step, per variant
     * @param meanValues mean of the step's value per exposed unit, per variant
     * @param lift of treatment's rate over control's
     * @param valueLift of treatment's mean value over control's
     */
    record Finding(
            Map<Arm, Double> rates,
            Map<Arm, Double> meanValues,
            OptionalDouble lift,
            Optional<Interval> interval,
            OptionalDouble pValue,
            OptionalDouble adjustedPValue,
            OptionalDouble valueLift,
            Optional<Interval> valueInterval) {}

    /** Reads a report of the shop's experiment. */
    static Findings read(JsonNode report) {
        JsonNode population = report.path("population");
        Map<Arm, Long> exposed = new EnumMap<>(Arm.class);
        for (JsonNode variant : population.path("perVariant")) {
            Arm.find(variant.path("variant").asText())
                    .ifPresent(arm -> exposed.put(arm, variant.path("exposed").asLong()));
        }
        Map<ShopStep, Finding> steps = new EnumMap<>(ShopStep.class);
        for (JsonNode metric : report.path("metrics")) {
            ShopStep.find(metric.path("step").asText()).ifPresent(step -> steps.put(step, finding(metric)));
        }
        return new Findings(
                exposed,
                population.path("crossovers").asLong(),
                sampleRatio(report.path("trust").path("checks")),
                number(report.path("analysis").path("level")),
                steps,
                verdict(report.path("verdict")));
    }

    private static SampleRatio sampleRatio(JsonNode checks) {
        return StreamSupport.stream(checks.spliterator(), false)
                .filter(check -> check.path("check").asText().equals("srm"))
                .findFirst()
                .map(check -> new SampleRatio(check.path("verdict").asText(), number(check.path("pValue"))))
                .orElseGet(() -> new SampleRatio("not checked", OptionalDouble.empty()));
    }

    private static String verdict(JsonNode verdict) {
        String decision = verdict.path("decision").asText("");
        String text = verdict.path("text").asText("");
        return text.isEmpty() ? decision : decision + ": " + text;
    }

    private static Finding finding(JsonNode metric) {
        Map<Arm, Double> rates = new EnumMap<>(Arm.class);
        Map<Arm, Double> meanValues = new EnumMap<>(Arm.class);
        for (JsonNode variant : metric.path("variants")) {
            Arm.find(variant.path("variant").asText()).ifPresent(arm -> {
                number(variant.path("rate")).ifPresent(rate -> rates.put(arm, rate));
                number(variant.path("value").path("mean")).ifPresent(mean -> meanValues.put(arm, mean));
            });
        }
        JsonNode comparison = comparison(metric);
        return new Finding(
                rates,
                meanValues,
                number(comparison.path("lift").path("estimate")),
                interval(comparison.path("lift").path("ci")),
                number(comparison.path("pValue")),
                number(comparison.path("pAdjusted")),
                number(comparison.path("value").path("lift").path("estimate")),
                interval(comparison.path("value").path("lift").path("ci")));
    }

    private static JsonNode comparison(JsonNode metric) {
        for (JsonNode comparison : metric.path("comparisons")) {
            if (comparison.path("variant").asText().equals(Arm.TREATMENT.key())) {
                return comparison;
            }
        }
        return metric.path("no comparison");
    }

    private static Optional<Interval> interval(JsonNode bounds) {
        OptionalDouble lower = number(bounds.path(0));
        OptionalDouble upper = number(bounds.path(1));
        return lower.isPresent() && upper.isPresent()
                ? Optional.of(new Interval(lower.getAsDouble(), upper.getAsDouble()))
                : Optional.empty();
    }

    private static OptionalDouble number(JsonNode value) {
        return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
    }
}
