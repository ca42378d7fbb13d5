package dev.microlift.server.report.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Covariate;
import dev.microlift.server.report.study.Estimate;
import dev.microlift.stats.Cuped;
import dev.microlift.stats.Kind;
import dev.microlift.stats.Moments;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A comparison that takes out what was known of the units before they were exposed (CUPED).
 *
 * @param covariate the attribute, or what units did before
 * @param varianceRatio variance that is left, as a share of the unadjusted one
 * @param coverage share of the control's and the treatment's units whose covariate is known
 * @param reason why it is the unadjusted comparison after all; null if it is adjusted
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Adjusted(
        String covariate,
        Estimate difference,
        Estimate lift,
        @Nullable Double pValue,
        @Nullable Double varianceRatio,
        List<@Nullable Double> coverage,
        @Nullable String reason,
        List<String> warnings) {

    /** Adjusts one number per unit. */
    static Adjusted of(String name, Moments c, Covariate ofC, Moments t, Covariate ofT, double alpha) {
        Cuped.Result result = Cuped.adjust(arm(c, ofC), arm(t, ofT), alpha);
        return new Adjusted(
                name,
                Estimate.of(result.diff(), result.ciLow(), result.ciHigh(), result.reason()),
                Estimate.of(result.lift(), result.liftCiLow(), result.liftCiHigh(), result.liftReason()),
                result.p(),
                result.varianceRatio(),
                Arrays.asList(result.coverageC(), result.coverageT()),
                Estimate.name(result.reason()),
                result.warnings().stream().map(Enum::name).toList());
    }

    /** Only what may be told before the end of a plan that is read once. */
    Adjusted withoutTest() {
        return new Adjusted(
                covariate,
                difference.withoutLimits(Comparison.READ_ONCE),
                lift.withoutLimits(Comparison.READ_ONCE),
                null,
                varianceRatio,
                coverage,
                reason,
                warnings);
    }

    private static Cuped.Arm arm(Moments y, Covariate x) {
        // A rate's squares add up to its sum, to the letter.
        double sumYY = y.kind() == Kind.BINARY ? y.sum() : y.m2() + y.sum() * y.sum() / Math.max(1, y.n());
        return new Cuped.Arm(
                y.kind(), y.n(), y.sum(), sumYY, x.observed(), x.sumX(), x.sumXX(), x.sumXY(), x.sumYObserved());
    }
}
