package dev.microlift.stats;

import org.jspecify.annotations.Nullable;

/**
 * Do units reach a step sooner? Mean time to the step up to a horizon, counting units that never reach it.
 *
 * <pre>
 * S(t) = product over event times t_i &lt;= t of (1 - d_i/r_i)          (Kaplan-Meier)
 * rmst = integral_0^tau S(t) dt          A_i = integral_(t_i)^tau S(t) dt
 * var  = sum over t_i &lt; tau with r_i > d_i of A_i^2 d_i / (r_i (r_i - d_i))
 * diff = rmst_T - rmst_C, normal interval and p          reached = 1 - S(tau)
 * </pre>
 *
 * <p>Times are from the first exposure, in any unit of measure; a unit that has not reached the step is censored when
 * its window closes or at the report's time. At equal times events come before censorings. A negative difference means
 * sooner, or more units. A horizon beyond the last time of an arm that still has units on the way refuses everything,
 * {@code TAU_BEYOND_FOLLOWUP}; fewer than 10 events up to the horizon refuse interval and p.
 *
 * <p>Kaplan and Meier 1958, <i>Nonparametric estimation from incomplete observations</i>; Royston and Parmar 2013,
 * <i>Restricted mean survival time</i>; Uno et al. 2014, <i>Moving beyond the hazard ratio in quantifying the
 * between-group difference in survival analysis</i>.
 */
public final class RestrictedMeanTime {

    private RestrictedMeanTime() {}

    /**
     * The comparison.
     *
     * @param rmstC restricted mean time of the control
     * @param rmstT restricted mean time of the treatment
     * @param varC variance of {@code rmstC}
     * @param varT variance of {@code rmstT}
     * @param diff {@code rmstT - rmstC}
     * @param se standard error of the difference
     * @param p two-sided p-value
     * @param ciLow lower limit of the difference
     * @param ciHigh upper limit
     * @param reachedC share of the control that reaches the step by the horizon
     * @param reachedT the same for the treatment
     * @param reason why figures are absent, null if all are there
     */
    public record Result(
            @Nullable Double rmstC,
            @Nullable Double rmstT,
            @Nullable Double varC,
            @Nullable Double varT,
            @Nullable Double diff,
            @Nullable Double se,
            @Nullable Double p,
            @Nullable Double ciLow,
            @Nullable Double ciHigh,
            @Nullable Double reachedC,
            @Nullable Double reachedT,
            @Nullable Reason reason) {

        private static Result refused(Reason reason) {
            return new Result(null, null, null, null, null, null, null, null, null, null, null, reason);
        }

        private static Result refused(KaplanMeier control, KaplanMeier treatment, Reason reason) {
            return new Result(
                    control.rmst(),
                    treatment.rmst(),
                    control.var(),
                    treatment.var(),
                    treatment.rmst() - control.rmst(),
                    null,
                    null,
                    null,
                    null,
                    control.reached(),
                    treatment.reached(),
                    reason);
        }
    }

    /**
     * Compares the arms.
     *
     * @param timesC times of the control's units
     * @param eventsC whether each of them reached the step then, or was censored
     * @param timesT times of the treatment's units
     * @param eventsT whether each of them reached the step then, or was censored
     * @param tau the horizon, positive
     * @param alpha two-sided error level
     */
    public static Result compare(
            double[] timesC, boolean[] eventsC, double[] timesT, boolean[] eventsT, double tau, double alpha) {
        return compare(StepTimes.ofUnits(timesC, eventsC), StepTimes.ofUnits(timesT, eventsT), tau, alpha);
    }

    /** Compares arms of many units, of which many have the same time. */
    public static Result compare(StepTimes unitsC, StepTimes unitsT, double tau, double alpha) {
        Reason refused = Figures.first(
                unitsC.defect(),
                unitsT.defect(),
                defectOfHorizon(tau),
                Figures.defectOfLevel(alpha),
                Math.min(unitsC.units(), unitsT.units()) < Thresholds.MIN_UNITS ? Reason.TOO_FEW_UNITS : null);
        if (refused != null) {
            return Result.refused(refused);
        }
        KaplanMeier control = KaplanMeier.of(unitsC, tau);
        KaplanMeier treatment = KaplanMeier.of(unitsT, tau);
        if (control.followUpEnds() || treatment.followUpEnds()) {
            return Result.refused(Reason.TAU_BEYOND_FOLLOWUP);
        }
        double diff = treatment.rmst() - control.rmst();
        if (!Figures.finite(diff, control.var(), treatment.var())) {
            return Result.refused(Reason.NON_FINITE_INPUT);
        }
        if (Math.min(control.events(), treatment.events()) < Thresholds.MIN_CONVERSIONS) {
            return Result.refused(control, treatment, Reason.INSUFFICIENT_CONVERSIONS);
        }
        double se = Math.sqrt(control.var() + treatment.var());
        if (se <= Thresholds.ZERO_VARIANCE_RATIO * Math.max(control.rmst(), treatment.rmst())) {
            return Result.refused(control, treatment, Reason.ZERO_VARIANCE);
        }
        double reach = Normal.upperQuantile(alpha / 2) * se;
        if (!Figures.finite(diff / se, diff - reach, diff + reach)) {
            return Result.refused(control, treatment, Reason.NON_FINITE_INPUT);
        }
        return new Result(
                control.rmst(),
                treatment.rmst(),
                control.var(),
                treatment.var(),
                diff,
                se,
                Normal.twoSidedP(diff / se),
                diff - reach,
                diff + reach,
                control.reached(),
                treatment.reached(),
                null);
    }

    private static @Nullable Reason defectOfHorizon(double tau) {
        if (!Double.isFinite(tau)) {
            return Reason.NON_FINITE_INPUT;
        }
        return tau > 0 ? null : Reason.INVALID_INPUT;
    }
}
