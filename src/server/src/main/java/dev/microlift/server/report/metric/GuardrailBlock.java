package dev.microlift.server.report.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.GuardrailMoments;
import dev.microlift.server.experiment.Guardrail;
import dev.microlift.server.report.study.Estimate;
import dev.microlift.server.report.study.Monitoring;
import dev.microlift.server.report.study.Shares;
import dev.microlift.server.report.study.Study;
import dev.microlift.stats.Moments;
import dev.microlift.stats.NonInferiority;
import dev.microlift.stats.SequentialGuardrail;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A metric that must not get worse by more than a margin.
 *
 * @param margin largest tolerated harm, relative to control
 * @param direction which direction of the metric is the wanted one
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record GuardrailBlock(
        String metric,
        Guardrail.Type type,
        Guardrail.Direction direction,
        double margin,
        List<VariantMean> variants,
        List<Judged> comparisons) {

    /**
     * One variant's units.
     *
     * @param units those with an event of the metric
     */
    public record VariantMean(
            String variant,
            long n,
            long units,
            double sum,
            @Nullable Double mean) {}

    /**
     * One treatment.
     *
     * @param lift of the units that are judged: from the planned end on those that had matured by it
     * @param bound one-sided limit of the lift on the harmful side; only at the planned end
     * @param pValue of "worse than the margin"; only at the planned end
     * @param method sequential holds at every look, fixed once
     * @param alpha one-sided error level
     * @param reason why the test is absent; null if it is there
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Judged(
            String variant,
            NonInferiority.Verdict verdict,
            @Nullable Double lift,
            @Nullable Double bound,
            @Nullable Double pValue,
            String method,
            double alpha,
            @Nullable String reason) {}

    /** Every guardrail of the experiment, each at its own level: a guardrail must be easy to fail. */
    public static List<GuardrailBlock> of(Study study, List<Guardrail> guardrails) {
        List<GuardrailBlock> blocks = new ArrayList<>();
        for (int g = 0; g < guardrails.size(); g++) {
            Guardrail guardrail = guardrails.get(g);
            int position = g;
            blocks.add(new GuardrailBlock(
                    guardrail.metric().key(),
                    guardrail.metric().type(),
                    guardrail.direction(),
                    guardrail.margin(),
                    study.arms().stream().map(arm -> mean(arm, position)).toList(),
                    study.treatments().stream()
                            .map(arm -> judge(study, guardrail, position, arm))
                            .toList()));
        }
        return blocks;
    }

    private static VariantMean mean(Arm arm, int position) {
        GuardrailMoments sums = arm.guardrails().get(position);
        return new VariantMean(arm.variant(), arm.n(), sums.units(), sums.sum(), Shares.of(sums.sum(), arm.n()));
    }

    /**
     * Before the planned end only a figure that holds at every look may judge, whatever the plan's method; then the units
     * that had matured by it, once and for all.
     */
    private static Judged judge(Study all, Guardrail guardrail, int position, int arm) {
        Monitoring monitoring = all.monitoring();
        Study study = all.atEnd().orElse(all);
        Moments c = moments(guardrail, study.controlArm(), position);
        Moments t = moments(guardrail, study.arms().get(arm), position);
        boolean higherIsBetter = guardrail.direction() == Guardrail.Direction.INCREASE;
        String variant = study.arms().get(arm).variant();
        if (monitoring.hasFinalAnalysis()) {
            double alpha = monitoring.finalAlpha();
            NonInferiority.Result result = NonInferiority.test(c, t, alpha, guardrail.margin(), higherIsBetter);
            return new Judged(
                    variant,
                    result.verdict(),
                    result.lift(),
                    result.bound(),
                    result.p(),
                    "fixed",
                    alpha,
                    Estimate.name(result.reason()));
        }
        double alpha = monitoring.sequentialAlpha();
        SequentialGuardrail.Result result =
                SequentialGuardrail.look(c, t, alpha, guardrail.margin(), higherIsBetter, study.nStar(arm));
        return new Judged(
                variant,
                result.verdict(),
                result.lift(),
                null,
                null,
                "sequential",
                alpha,
                Estimate.name(result.reason()));
    }

    private static Moments moments(Guardrail guardrail, Arm arm, int position) {
        GuardrailMoments sums = arm.guardrails().get(position);
        return guardrail.metric().type() == Guardrail.Type.CONVERSION
                ? Moments.binary(arm.n(), sums.units())
                : Moments.mean(arm.n(), sums.sum(), sums.sumOfSquares());
    }
}
