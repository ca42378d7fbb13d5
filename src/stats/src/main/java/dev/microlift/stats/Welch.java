package dev.microlift.stats;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Did the metric move, and by how much? Absolute difference of two means without assuming equal variances.
 *
 * <pre>
 * m = sum/n       v = M2/((n-1) n)       diff = m_T - m_C       se = sqrt(v_C + v_T)       stat = diff/se
 * df = (v_C+v_T)^2 / (v_C^2/(n_C-1) + v_T^2/(n_T-1))
 * p  = 2 F(-|stat|; df)                  ci = diff -+ t(1-alpha/2; df) se
 * </pre>
 *
 * <p>Means, difference, standard error and interval are in the metric's unit of measure. An arm below 2 units refuses
 * everything; a rate with fewer than 10 conversions or non-conversions in an arm, or data without variance, keep the
 * means and the difference and refuse the rest.
 *
 * <p>Welch 1947, <i>The generalization of "Student's" problem when several different population variances are
 * involved</i>; Satterthwaite 1946, <i>An approximate distribution of estimates of variance components</i>; Kohavi,
 * Deng, Longbotham and Xu 2014, <i>Seven rules of thumb for web site experimenters</i>.
 */
public final class Welch {

    private Welch() {}

    /**
     * The comparison.
     *
     * @param mC mean of the control
     * @param mT mean of the treatment
     * @param diff {@code mT - mC}
     * @param se standard error of the difference
     * @param stat {@code diff / se}
     * @param df degrees of freedom
     * @param p two-sided p-value
     * @param ciLow lower limit of the difference at level {@code 1 - alpha}
     * @param ciHigh upper limit
     * @param reason why figures are absent, null if all are there
     * @param warnings what to know about figures that are there
     */
    public record Result(
            @Nullable Double mC,
            @Nullable Double mT,
            @Nullable Double diff,
            @Nullable Double se,
            @Nullable Double stat,
            @Nullable Double df,
            @Nullable Double p,
            @Nullable Double ciLow,
            @Nullable Double ciHigh,
            @Nullable Reason reason,
            List<Warning> warnings) {

        /** Copies the list. */
        public Result {
            warnings = List.copyOf(warnings);
        }

        private static Result refused(Reason reason) {
            return new Result(null, null, null, null, null, null, null, null, null, reason, List.of());
        }

        private static Result refused(double mC, double mT, Reason reason) {
            return new Result(mC, mT, mT - mC, null, null, null, null, null, null, reason, List.of());
        }
    }

    /** Compares treatment with control at two-sided error level {@code alpha}. */
    public static Result test(Moments control, Moments treatment, double alpha) {
        Reason unusable = unusable(control, treatment, alpha);
        if (unusable != null) {
            return Result.refused(unusable);
        }
        double mC = control.m();
        double mT = treatment.m();
        double diff = mT - mC;
        if (!Figures.finite(mC, mT, diff)) {
            return Result.refused(Reason.NON_FINITE_INPUT);
        }
        if (control.fewConversions() || treatment.fewConversions()) {
            return Result.refused(mC, mT, Reason.INSUFFICIENT_CONVERSIONS);
        }
        StandardError error = StandardError.of(control, treatment);
        if (error.isZero(mC, mT)) {
            return Result.refused(mC, mT, Reason.ZERO_VARIANCE);
        }
        double se = error.se();
        double df = error.df();
        double stat = diff / se;
        double reach = StudentT.upperQuantile(alpha / 2, df) * se;
        if (!Figures.finite(se, df, stat, diff - reach, diff + reach)) {
            return Result.refused(mC, mT, Reason.NON_FINITE_INPUT);
        }
        double p = StudentT.twoSidedP(stat, df);
        List<Warning> warnings = unbalancedSkew(control, treatment) ? List.of(Warning.UNBALANCED_SKEW) : List.of();
        return new Result(mC, mT, diff, se, stat, df, p, diff - reach, diff + reach, null, warnings);
    }

    /** The refusals that leave not even the means. */
    static @Nullable Reason unusable(Moments control, Moments treatment, double alpha) {
        Reason few = control.tooFewUnits() || treatment.tooFewUnits() ? Reason.TOO_FEW_UNITS : null;
        return Figures.first(control.defect(), treatment.defect(), Figures.defectOfLevel(alpha), few);
    }

    private static boolean unbalancedSkew(Moments control, Moments treatment) {
        Moments smaller = control.n() <= treatment.n() ? control : treatment;
        if (Math.max(control.n(), treatment.n()) < Thresholds.UNBALANCED_RATIO * smaller.n()) {
            return false;
        }
        return switch (smaller.kind()) {
            case BINARY ->
                smaller.sum() < Thresholds.UNBALANCED_CONVERSIONS
                        || smaller.n() - smaller.sum() < Thresholds.UNBALANCED_CONVERSIONS;
            case MEAN ->
                smaller.n() < Thresholds.UNBALANCED_UNITS
                        && Math.sqrt(smaller.s2()) > Thresholds.UNBALANCED_VARIATION * Math.abs(smaller.m());
        };
    }
}
