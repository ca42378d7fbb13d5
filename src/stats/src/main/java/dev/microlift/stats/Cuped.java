package dev.microlift.stats;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Did the metric move, with the noise taken out that a value from before the first exposure explains?
 *
 * <pre>
 * missing x := mu, the pooled mean of the observed x         theta = pooled within-arm slope of y on x
 * D = xbar_C - xbar_T     w = n_T/(n_C+n_T)     m_C = ybar_C - theta w D     m_T = ybar_T + theta (1-w) D
 * diff = m_T - m_C        se^2 = sum over arms of (s_yy - 2 theta s_xy + theta^2 s_xx)/n     df as {@link Welch}
 * lift as {@link Fieller} with v_C, v_T and covCT of the adjusted means, which share D
 * varianceRatio = se^2 / unadjusted se^2
 * </pre>
 *
 * <p>Figures are in the metric's unit of measure. The unadjusted result takes its place, with a reason, when the
 * covariate was measured after exposure, an arm has fewer than 50 units or knows x for less than a tenth of them, or x
 * does not vary; a rate that {@link Welch} refuses to test is refused here too. Unequal shares of missing x warn {@code
 * COVARIATE_IMBALANCE}.
 *
 * <p>Deng, Xu, Kohavi and Walker 2013, <i>Improving the sensitivity of online controlled experiments by utilizing
 * pre-experiment data</i>; Lin 2013, <i>Agnostic notes on regression adjustments to experimental data</i>; Xie and
 * Aurisset 2016, <i>Improving the sensitivity of online controlled experiments: case studies at Netflix</i>.
 */
public final class Cuped {

    private Cuped() {}

    /**
     * Sums over the units of one arm.
     *
     * @param kind whether the metric is a rate, whose few conversions refuse a test with a covariate as without
     * @param n number of units
     * @param sumY sum of the metric
     * @param sumYY sum of its squares
     * @param nObs units whose covariate is known; the remaining sums are over these
     * @param sumX sum of the covariate
     * @param sumXX sum of its squares
     * @param sumXY sum of the products
     * @param sumYObs sum of the metric
     */
    public record Arm(
            Kind kind,
            long n,
            double sumY,
            double sumYY,
            long nObs,
            double sumX,
            double sumXX,
            double sumXY,
            double sumYObs) {

        /** Sums of a metric that is a mean. */
        public Arm(
                long n, double sumY, double sumYY, long nObs, double sumX, double sumXX, double sumXY, double sumYObs) {
            this(Kind.MEAN, n, sumY, sumYY, nObs, sumX, sumXX, sumXY, sumYObs);
        }

        /** The sums over the units of both, whose metric is of one kind. */
        public Arm merge(Arm other) {
            return new Arm(
                    kind,
                    n + other.n,
                    sumY + other.sumY,
                    sumYY + other.sumYY,
                    nObs + other.nObs,
                    sumX + other.sumX,
                    sumXX + other.sumXX,
                    sumXY + other.sumXY,
                    sumYObs + other.sumYObs);
        }

        Moments y() {
            return Moments.of(kind, n, sumY, sumYY);
        }

        double coverage() {
            return (double) nObs / n;
        }

        /** Covariate and metric of all units, where a missing covariate is {@code mu}. */
        PairedSums filled(double mu) {
            double missing = n - nObs;
            return PairedSums.of(
                    n, sumX + missing * mu, sumY, sumXX + missing * mu * mu, sumYY, sumXY + mu * (sumY - sumYObs));
        }

        @Nullable
        Reason defect() {
            if (!Figures.finite(sumX, sumXX, sumXY, sumYObs)) {
                return Reason.NON_FINITE_INPUT;
            }
            boolean impossible = nObs < 0 || nObs > n || sumXX < 0;
            Reason defect = impossible ? Reason.INVALID_INPUT : y().defect();
            boolean negative = nObs > 0 && CentredSums.ofSquares(nObs, sumX, sumXX) < 0;
            return defect == null && negative ? Reason.INVALID_INPUT : defect;
        }
    }

    /**
     * The comparison.
     *
     * @param theta slope of the metric on the covariate, null if not adjusted
     * @param mC adjusted mean of the control
     * @param mT adjusted mean of the treatment
     * @param diff {@code mT - mC}
     * @param se standard error of the difference
     * @param df degrees of freedom
     * @param p two-sided p-value
     * @param ciLow lower limit of the difference
     * @param ciHigh upper limit
     * @param lift relative difference to control
     * @param liftCiLow lower limit of the lift
     * @param liftCiHigh upper limit
     * @param varianceRatio variance left by the adjustment, null if not adjusted
     * @param covCT covariance of the adjusted means
     * @param coverageC share of the control's units whose covariate is known
     * @param coverageT the same for the treatment
     * @param reason why the result is not adjusted, or why figures are absent
     * @param liftReason why figures of the lift are absent
     * @param warnings what to know about figures that are there
     */
    public record Result(
            @Nullable Double theta,
            @Nullable Double mC,
            @Nullable Double mT,
            @Nullable Double diff,
            @Nullable Double se,
            @Nullable Double df,
            @Nullable Double p,
            @Nullable Double ciLow,
            @Nullable Double ciHigh,
            @Nullable Double lift,
            @Nullable Double liftCiLow,
            @Nullable Double liftCiHigh,
            @Nullable Double varianceRatio,
            @Nullable Double covCT,
            @Nullable Double coverageC,
            @Nullable Double coverageT,
            @Nullable Reason reason,
            @Nullable Reason liftReason,
            List<Warning> warnings) {

        /** Copies the list. */
        public Result {
            warnings = List.copyOf(warnings);
        }

        private static Result refused(Reason reason) {
            return new Result(
                    null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                    reason, reason, List.of());
        }
    }

    /** Adjusts by a covariate measured strictly before the first exposure. */
    public static Result adjust(Arm control, Arm treatment, double alpha) {
        return adjust(control, treatment, alpha, true);
    }

    /** Adjusts unless the covariate was not {@code measuredBeforeExposure}. */
    public static Result adjust(Arm control, Arm treatment, double alpha, boolean measuredBeforeExposure) {
        Reason defect = Figures.first(control.defect(), treatment.defect());
        if (defect != null) {
            return Result.refused(defect);
        }
        Reason refusal = measuredBeforeExposure ? refusal(control, treatment) : Reason.POST_EXPOSURE_COVARIATE;
        if (refusal != null) {
            return unadjusted(control, treatment, alpha, refusal);
        }
        double mu = (control.sumX + treatment.sumX) / ((double) control.nObs + treatment.nObs);
        CupedAdjustment adjustment = CupedAdjustment.of(control.filled(mu), treatment.filled(mu));
        if (adjustment == null) {
            return unadjusted(control, treatment, alpha, Reason.ZERO_VARIANCE_COVARIATE);
        }
        return adjusted(control, treatment, adjustment, alpha);
    }

    private static Result adjusted(Arm control, Arm treatment, CupedAdjustment by, double alpha) {
        Welch.Result raw = Welch.test(control.y(), treatment.y(), alpha);
        StandardError error = by.error();
        if (raw.reason() != null || error.isZero(by.mC(), by.mT())) {
            return unadjusted(control, treatment, alpha, Reason.ZERO_VARIANCE);
        }
        double diff = by.mT() - by.mC();
        double c = StudentT.upperQuantile(alpha / 2, error.df());
        double reach = c * error.se();
        double rawVariance = StandardError.of(control.y(), treatment.y()).se();
        double varianceRatio = error.se() / rawVariance * (error.se() / rawVariance);
        double stat = diff / error.se();
        if (!Figures.finite(by.theta(), error.df(), stat, diff - reach, diff + reach, varianceRatio, by.covCT())) {
            return unadjusted(control, treatment, alpha, Reason.NON_FINITE_INPUT);
        }
        FiellerSet lift = FiellerSet.lift(by.mC(), by.mT(), by.vC(), by.vT(), by.covCT(), c);
        return new Result(
                by.theta(),
                by.mC(),
                by.mT(),
                diff,
                error.se(),
                error.df(),
                StudentT.twoSidedP(stat, error.df()),
                diff - reach,
                diff + reach,
                lift.value(),
                lift.low(),
                lift.high(),
                varianceRatio,
                by.covCT(),
                control.coverage(),
                treatment.coverage(),
                null,
                lift.reason(),
                imbalanced(control, treatment) ? List.of(Warning.COVARIATE_IMBALANCE) : List.of());
    }

    /** The comparison without covariate; its own refusal, if there is one, is the reason. */
    private static Result unadjusted(Arm control, Arm treatment, double alpha, Reason fallback) {
        Welch.Result raw = Welch.test(control.y(), treatment.y(), alpha);
        Fieller.Result lift = Fieller.lift(control.y(), treatment.y(), alpha);
        if (raw.diff() == null && raw.reason() != null) {
            return Result.refused(raw.reason());
        }
        List<Warning> warnings = new ArrayList<>(raw.warnings());
        if (imbalanced(control, treatment)) {
            warnings.add(Warning.COVARIATE_IMBALANCE);
        }
        return new Result(
                null,
                raw.mC(),
                raw.mT(),
                raw.diff(),
                raw.se(),
                raw.df(),
                raw.p(),
                raw.ciLow(),
                raw.ciHigh(),
                lift.lift(),
                lift.ciLow(),
                lift.ciHigh(),
                null,
                0.0,
                control.coverage(),
                treatment.coverage(),
                raw.reason() == null ? fallback : raw.reason(),
                lift.reason(),
                warnings);
    }

    private static @Nullable Reason refusal(Arm control, Arm treatment) {
        if (Math.min(control.n, treatment.n) < Thresholds.CUPED_MIN_UNITS) {
            return Reason.TOO_FEW_UNITS;
        }
        boolean sparse = Math.min(control.coverage(), treatment.coverage()) < Thresholds.CUPED_MIN_COVERAGE;
        return sparse ? Reason.COVARIATE_SPARSE : null;
    }

    /** Pearson's chi-square on known and missing covariates by arm. */
    private static boolean imbalanced(Arm control, Arm treatment) {
        double n = (double) control.n + treatment.n;
        double known = ((double) control.nObs + treatment.nObs) / n;
        double gap = treatment.coverage() - control.coverage();
        double variance = known * (1 - known) * (1.0 / control.n + 1.0 / treatment.n);
        return variance > 0 && ChiSquare.upperTail(gap * gap / variance, 1) < Thresholds.COVARIATE_IMBALANCE_P;
    }
}
