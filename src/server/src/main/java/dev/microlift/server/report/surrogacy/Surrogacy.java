package dev.microlift.server.report.surrogacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.report.JourneyBlock;
import dev.microlift.server.report.study.Estimate;
import dev.microlift.stats.TrialSurrogacy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Across the stopped experiments of a journey: do variants that move a step move the goal too, and by how much? Effects
 * are logarithms of ratios, so that experiments of different base rates can be compared.
 *
 * @param included experiments whose effects are compared
 * @param excluded experiments that are not, and why
 */
public record Surrogacy(
        JourneyBlock journey, double level, List<Included> included, List<Excluded> excluded, List<OfStep> steps) {

    /** One effect: an experiment's first treatment. */
    public record Included(String experiment, String variant) {}

    /** An experiment without one. */
    public record Excluded(String experiment, String reason) {}

    /**
     * One micro step.
     *
     * @param experiments that say something of the step
     * @param slope effect on the goal for each unit of effect on the step, freed of sampling noise
     * @param correlation of the true effects
     * @param reliability share of true variation among the variation of the estimated effects on the step
     * @param naiveSlope the slope with the noise left in, to show what difference it makes
     * @param signAgreement share of experiments whose effects on step and goal agree in sign
     * @param reason why the slope is null; null if it is there
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record OfStep(
            String step,
            int experiments,
            Estimate slope,
            @Nullable Double intercept,
            Estimate correlation,
            @Nullable Double rSquared,
            @Nullable Double reliability,
            @Nullable Double naiveSlope,
            @Nullable Double naiveCorrelation,
            @Nullable Double signAgreement,
            boolean correlationClipped,
            @Nullable String reason,
            List<String> warnings) {

        static OfStep of(String step, List<TrialSurrogacy.Trial> trials, double alpha) {
            TrialSurrogacy.Result result = TrialSurrogacy.of(trials, alpha);
            return new OfStep(
                    step,
                    trials.size(),
                    Estimate.of(
                            result.slope(),
                            result.slopeCiLow(),
                            result.slopeCiHigh(),
                            result.reason() != null ? result.reason() : result.slopeCiReason()),
                    result.intercept(),
                    Estimate.of(
                            result.corr(),
                            result.corrCiLow(),
                            result.corrCiHigh(),
                            result.corrReason() != null ? result.corrReason() : result.corrCiReason()),
                    result.r2(),
                    result.reliability(),
                    result.naiveSlope(),
                    result.naiveCorr(),
                    result.signAgreement(),
                    Boolean.TRUE.equals(result.corrClipped()),
                    Estimate.name(result.reason()),
                    result.warnings().stream().map(Enum::name).toList());
        }
    }
}
