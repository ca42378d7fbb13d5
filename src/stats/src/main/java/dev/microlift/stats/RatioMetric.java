package dev.microlift.stats;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Did a ratio of two sums move, such as clicks per session, when units and not sessions were randomised?
 *
 * <pre>
 * R = sumX/sumW       wbar = sumW/n
 * v = (s_xx - 2 R s_xw + R^2 s_ww) / (n wbar^2)       (delta method over units)
 * diff = R_T - R_C    se, df, p, ci as {@link Welch}, lift as {@link Fieller}, with these means and variances
 * </pre>
 *
 * <p>A denominator that sums to 0 or less in an arm refuses everything. {@code RATIO_DENOMINATOR_MOVED} warns if the
 * denominator's mean itself differs between the arms (p below 0.01): the ratio then mixes an effect on the numerator
 * with one on who is in the denominator.
 *
 * <p>Deng, Knoblich and Lu 2018, <i>Applying the delta method in metric analytics</i>; Budylin et al. 2018,
 * <i>Consistent transformation of ratio metrics for efficient online controlled experiments</i>.
 */
public final class RatioMetric {

    private RatioMetric() {}

    /**
     * Sums over the units of one arm.
     *
     * @param n number of units
     * @param sumX sum of the numerators
     * @param sumW sum of the denominators
     * @param sumXX sum of the squared numerators
     * @param sumWW sum of the squared denominators
     * @param sumXW sum of the products
     */
    public record Arm(long n, double sumX, double sumW, double sumXX, double sumWW, double sumXW) {

        /** The sums over the units of both. */
        public Arm merge(Arm other) {
            return new Arm(
                    n + other.n,
                    sumX + other.sumX,
                    sumW + other.sumW,
                    sumXX + other.sumXX,
                    sumWW + other.sumWW,
                    sumXW + other.sumXW);
        }

        PairedSums paired() {
            return PairedSums.of(n, sumX, sumW, sumXX, sumWW, sumXW);
        }

        private @Nullable Reason defect() {
            if (!Figures.finite(sumX, sumW, sumXX, sumWW, sumXW)) {
                return Reason.NON_FINITE_INPUT;
            }
            if (n < 0 || sumXX < 0 || sumWW < 0) {
                return Reason.INVALID_INPUT;
            }
            return n == 0 ? null : paired().defect();
        }

        private double ratio() {
            return sumX / sumW;
        }

        private double v() {
            PairedSums sums = paired();
            return sums.varOfDifference(ratio()) / sums.meanY() / sums.meanY();
        }
    }

    /**
     * The comparison.
     *
     * @param RC ratio of the control
     * @param RT ratio of the treatment
     * @param diff {@code RT - RC}
     * @param se standard error of the difference
     * @param df degrees of freedom
     * @param p two-sided p-value
     * @param ciLow lower limit of the difference
     * @param ciHigh upper limit
     * @param lift relative difference to control
     * @param liftCiLow lower limit of the lift
     * @param liftCiHigh upper limit
     * @param reason why figures of the difference are absent
     * @param liftReason why figures of the lift are absent
     * @param warnings what to know about figures that are there
     */
    public record Result(
            @Nullable Double RC,
            @Nullable Double RT,
            @Nullable Double diff,
            @Nullable Double se,
            @Nullable Double df,
            @Nullable Double p,
            @Nullable Double ciLow,
            @Nullable Double ciHigh,
            @Nullable Double lift,
            @Nullable Double liftCiLow,
            @Nullable Double liftCiHigh,
            @Nullable Reason reason,
            @Nullable Reason liftReason,
            List<Warning> warnings) {

        /** Copies the list. */
        public Result {
            warnings = List.copyOf(warnings);
        }

        private static Result refused(Reason reason) {
            return new Result(
                    null, null, null, null, null, null, null, null, null, null, null, reason, reason, List.of());
        }

        private static Result refused(double ratioC, double ratioT, Reason reason) {
            return new Result(
                    ratioC,
                    ratioT,
                    ratioT - ratioC,
                    null,
                    null,
                    null,
                    null,
                    null,
                    FiellerSet.liftOf(ratioC, ratioT),
                    null,
                    null,
                    reason,
                    reason,
                    List.of());
        }
    }

    /** Compares the ratios at two-sided error level {@code alpha}. */
    public static Result test(Arm control, Arm treatment, double alpha) {
        boolean few = Math.min(control.n, treatment.n) < Thresholds.MIN_UNITS;
        boolean zero = control.sumW <= 0 || treatment.sumW <= 0;
        Reason unusable = Figures.first(
                control.defect(),
                treatment.defect(),
                Figures.defectOfLevel(alpha),
                few ? Reason.TOO_FEW_UNITS : null,
                zero ? Reason.ZERO_DENOMINATOR : null);
        if (unusable != null) {
            return Result.refused(unusable);
        }
        double ratioC = control.ratio();
        double ratioT = treatment.ratio();
        double diff = ratioT - ratioC;
        if (!Figures.finite(ratioC, ratioT, diff)) {
            return Result.refused(Reason.NON_FINITE_INPUT);
        }
        StandardError error = StandardError.of(control.n, control.v(), treatment.n, treatment.v());
        if (error.isZero(ratioC, ratioT)) {
            return Result.refused(ratioC, ratioT, Reason.ZERO_VARIANCE);
        }
        double c = StudentT.upperQuantile(alpha / 2, error.df());
        double reach = c * error.se();
        if (!Figures.finite(error.se(), error.df(), diff - reach, diff + reach, diff / error.se())) {
            return Result.refused(ratioC, ratioT, Reason.NON_FINITE_INPUT);
        }
        FiellerSet set = FiellerSet.lift(ratioC, ratioT, error.vC(), error.vT(), 0, c);
        return new Result(
                ratioC,
                ratioT,
                diff,
                error.se(),
                error.df(),
                StudentT.twoSidedP(diff / error.se(), error.df()),
                diff - reach,
                diff + reach,
                set.value(),
                set.low(),
                set.high(),
                null,
                set.reason(),
                denominatorMoved(control, treatment, alpha) ? List.of(Warning.RATIO_DENOMINATOR_MOVED) : List.of());
    }

    private static boolean denominatorMoved(Arm control, Arm treatment, double alpha) {
        Moments w = Moments.mean(control.n, control.sumW, control.sumWW);
        Double p = Welch.test(w, Moments.mean(treatment.n, treatment.sumW, treatment.sumWW), alpha)
                .p();
        return p != null && p < Thresholds.DENOMINATOR_MOVED_P;
    }
}
