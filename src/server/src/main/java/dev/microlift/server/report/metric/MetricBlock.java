package dev.microlift.server.report.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.Reach;
import dev.microlift.server.analysis.StepMoments;
import dev.microlift.server.analysis.StepOrder;
import dev.microlift.server.journey.Step;
import dev.microlift.server.journey.StepRole;
import dev.microlift.server.report.study.Shares;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step or the goal.
 *
 * @param denominator what rates are of
 * @param comparisons of treatments with the control; empty where nothing is compared
 */
public record MetricBlock(
        String step, StepRole role, String denominator, List<VariantRate> variants, List<Comparison> comparisons) {

    /**
     * What one variant's units did.
     *
     * @param n units the rate is of
     * @param converted units that reached the step: did it or, unless it is optional, any later one
     * @param performed units that did the step itself
     * @param events how often they did it
     * @param value what the step's value adds up to; null if it has none
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record VariantRate(
            String variant,
            long n,
            long converted,
            @Nullable Double rate,
            long performed,
            long events,
            @Nullable Value value) {}

    /**
     * A value summed per unit.
     *
     * @param cap what a unit's value was capped at; null if nothing was
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Value(
            double sum, @Nullable Double mean, @Nullable Double cap) {}

    /**
     * One block for each step.
     *
     * @param comparisons for each step; empty where nothing is compared
     */
    public static List<MetricBlock> of(
            List<Step> steps, List<Arm> arms, StepOrder order, String denominator, List<List<Comparison>> comparisons) {
        Reach reach = new Reach(steps);
        List<MetricBlock> metrics = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            int position = i;
            Step step = steps.get(i);
            metrics.add(new MetricBlock(
                    step.key(),
                    step.role(),
                    denominator,
                    arms.stream()
                            .map(arm -> rate(
                                    arm,
                                    reach.converted(arm, position, order),
                                    arm.steps().get(position),
                                    step))
                            .toList(),
                    comparisons.isEmpty() ? List.of() : comparisons.get(i)));
        }
        return metrics;
    }

    private static VariantRate rate(Arm arm, long converted, StepMoments sums, Step step) {
        return new VariantRate(
                arm.variant(),
                arm.n(),
                converted,
                Shares.of(converted, arm.n()),
                sums.didUnits(),
                sums.events(),
                step.valueProperty()
                        .map(property -> new Value(sums.valueSum(), Shares.of(sums.valueSum(), arm.n()), sums.cap()))
                        .orElse(null));
    }
}
