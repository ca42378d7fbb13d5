package dev.microlift.server.report.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.report.study.Estimate;
import dev.microlift.stats.BayesBinary;
import dev.microlift.stats.BayesMean;
import dev.microlift.stats.Moments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A second opinion on the same data. It decides nothing.
 *
 * @param expectedLoss of the rate or mean if the treatment is shipped
 * @param expectedLossOfControl the same if it is not
 * @param liftCi credible interval of the lift
 * @param warning what it must not be used for
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Bayes(
        double level,
        @Nullable Double chanceToBeatControl,
        @Nullable Double expectedLoss,
        @Nullable Double expectedLossOfControl,
        @Nullable List<Double> liftCi,
        String warning,
        @Nullable String reason) {

    /** Simulated: 30 looks at tests without any effect. */
    private static final String WARNING =
            "Not for stopping: ending a test at the first of 30 looks with a chance above 95% or below 5% is wrong in "
                    + "47% of tests without any effect.";

    /** Of rates, with uniform priors. */
    static Bayes ofRates(Moments c, Moments t, double level) {
        BayesBinary.Result result = BayesBinary.of(c.n(), (long) c.sum(), t.n(), (long) t.sum(), level);
        return new Bayes(
                level,
                result.chance(),
                result.lossT(),
                result.lossC(),
                Estimate.interval(result.liftLow(), result.liftHigh()),
                WARNING,
                Estimate.name(result.reason()));
    }

    /** Of means, with a flat prior on their difference. */
    static Bayes ofMeans(Moments c, Moments t, double level) {
        BayesMean.Result result = BayesMean.of(c, t, level);
        return new Bayes(
                level,
                result.chance(),
                result.lossT(),
                result.lossC(),
                Estimate.interval(result.liftLow(), result.liftHigh()),
                WARNING,
                Estimate.name(result.reason()));
    }
}
