package dev.microlift.server.report.path;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.Population;
import dev.microlift.server.analysis.Reach;
import dev.microlift.server.analysis.StepOrder;
import dev.microlift.server.analysis.Units;
import dev.microlift.server.journey.Step;
import dev.microlift.server.report.study.Shares;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far units came; descriptive.
 *
 * @param denominator what the first count of each variant is
 * @param steps the required ones, the goal last
 * @param excluded exposed units that are in no variant's counts
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record FunnelBlock(
        StepOrder stepOrder,
        String denominator,
        List<String> steps,
        List<VariantFunnel> variants,
        Excluded excluded,
        String label) {

    /**
     * One variant's funnel.
     *
     * @param reach units counted, then units that reached each step
     * @param fromPrevious share of the units of the step before that reached each step; null after an empty step
     * @param furthest units by the furthest step they reached, from none to the goal; they add up to the first of reach
     */
    public record VariantFunnel(
            String variant, List<Long> reach, List<@Nullable Double> fromPrevious, List<Long> furthest) {}

    /**
     * Together with the furthest counts of all variants these add up to the exposed units.
     *
     * @param open compared units whose window has not closed
     */
    public record Excluded(long crossovers, long overridden, long open) {}

    /** The funnel of everybody. */
    public static FunnelBlock of(
            List<Step> steps, List<Arm> arms, Units units, StepOrder order, Population population) {
        Reach reach = new Reach(steps);
        long open = arms.stream().mapToLong(arm -> arm.exposed() - arm.n()).sum();
        return new FunnelBlock(
                order,
                denominator(population),
                steps.stream().filter(step -> !step.optional()).map(Step::key).toList(),
                arms.stream().map(arm -> variant(arm, reach.reach(arm, order))).toList(),
                new Excluded(units.crossovers(), units.overridden(), open),
                "descriptive");
    }

    /** What rates are of. */
    public static String denominator(Population population) {
        return population == Population.MATURED ? "maturedUnits" : "exposedUnits";
    }

    private static VariantFunnel variant(Arm arm, List<Long> reached) {
        List<Long> reach = new ArrayList<>();
        reach.add(arm.n());
        reach.addAll(reached);
        List<@Nullable Double> fromPrevious = new ArrayList<>();
        List<Long> furthest = new ArrayList<>();
        for (int i = 0; i < reach.size(); i++) {
            if (i > 0) {
                fromPrevious.add(Shares.of(reach.get(i), reach.get(i - 1)));
            }
            furthest.add(i + 1 < reach.size() ? reach.get(i) - reach.get(i + 1) : reach.get(i));
        }
        return new VariantFunnel(arm.variant(), reach, fromPrevious, furthest);
    }
}
