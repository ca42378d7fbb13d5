package dev.microlift.server.report.path;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.report.study.Estimate;
import dev.microlift.server.report.study.Study;
import dev.microlift.stats.JourneyDecomposition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the goal's lift comes from, edge by edge. Accounting, not causes: from the second step on a rate is of units
 * that differ between the arms.
 *
 * @param total logarithm of the ratio of the goal rates; the contributions add up to it
 * @param label always "descriptive": no p-values
 */
public record DecompositionBlock(String variant, Total total, List<Contribution> contributions, String label) {

    /**
     * The whole.
     *
     * @param lift the same as a relative difference
     * @param liftCi the same for its interval
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Total(
            @Nullable Double estimate,
            @Nullable List<Double> ci,
            @Nullable Double lift,
            @Nullable List<Double> liftCi,
            @Nullable String reason) {}

    /**
     * One edge.
     *
     * @param estimate logarithm of the ratio of the rates from the step before to this one
     * @param lift the same as a relative difference
     * @param share part of the total; only if the total is significant
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Contribution(
            String step,
            @Nullable Double estimate,
            @Nullable List<Double> ci,
            @Nullable Double lift,
            @Nullable Double share,
            @Nullable String reason,
            @Nullable String shareReason) {}

    /** One block for each treatment. */
    public static List<DecompositionBlock> of(Study study) {
        return study.treatments().stream().map(arm -> of(study, arm)).toList();
    }

    private static DecompositionBlock of(Study study, int arm) {
        JourneyDecomposition.Result result =
                JourneyDecomposition.of(reach(study, study.control()), reach(study, arm), study.alpha());
        List<Contribution> contributions = new ArrayList<>();
        for (int k = 0; k < result.steps().size(); k++) {
            JourneyDecomposition.Step step = result.steps().get(k);
            contributions.add(new Contribution(
                    study.steps().get(study.requiredSteps().get(k)).key(),
                    step.contribution(),
                    Estimate.interval(step.ciLow(), step.ciHigh()),
                    JourneyDecomposition.relative(step.contribution()),
                    step.share(),
                    Estimate.name(step.reason()),
                    Estimate.name(step.shareReason())));
        }
        return new DecompositionBlock(
                study.arms().get(arm).variant(),
                new Total(
                        result.total(),
                        Estimate.interval(result.totalCiLow(), result.totalCiHigh()),
                        JourneyDecomposition.relative(result.total()),
                        Estimate.interval(
                                JourneyDecomposition.relative(result.totalCiLow()),
                                JourneyDecomposition.relative(result.totalCiHigh())),
                        Estimate.name(result.totalReason())),
                contributions,
                "descriptive");
    }

    private static long[] reach(Study study, int arm) {
        List<Long> reached = study.reached(study.arms().get(arm));
        long[] reach = new long[reached.size() + 1];
        reach[0] = study.arms().get(arm).n();
        for (int k = 0; k < reached.size(); k++) {
            reach[k + 1] = reached.get(k);
        }
        return reach;
    }
}
