package dev.microlift.stats;

import org.jspecify.annotations.Nullable;

/**
 * Among units that reach a step under either arm, did the treatment change the chance of the goal? Sharp bounds if the
 * treatment moves reach in one direction only.
 *
 * <pre>
 * r = R/N    m = M/N    u = r - m    q = M/R
 * increase: pi = min(1, r_C/r_T)     UB = min(1, m_T/r_C) - q_C          LB = max(0, 1 - u_T/r_C) - q_C
 * decrease: pi = min(1, r_T/r_C)     UB = q_T - max(0, 1 - u_C/r_T)      LB = q_T - min(1, m_C/r_T)
 * ci = [max(-1, LB - z(1-alpha/2) seLB), min(1, UB + z(1-alpha/2) seUB)]
 * </pre>
 *
 * <p>Figures are differences of probabilities. Standard errors come from the delta method, a clipped end drops its
 * clipped term. The interval covers the whole identified set. A declared direction that the sample contradicts
 * significantly refuses the bounds; one that it contradicts within noise sets {@code pi = 1}. Nobody at the step in an
 * arm refuses everything; fewer than 10 refuse the interval.
 *
 * <p>Frangakis and Rubin 2002, <i>Principal stratification in causal inference</i>; Zhang and Rubin 2003, <i>Estimation
 * of causal effects via principal stratification when some outcomes are truncated by "death"</i>; Lee 2009,
 * <i>Training, wages, and sample selection</i>; Imbens and Manski 2004, <i>Confidence intervals for partially identified
 * parameters</i>.
 */
public final class AlwaysReacherBounds {

    private AlwaysReacherBounds() {}

    /** In which direction the treatment moves units towards the step. */
    public enum Direction {
        /** The direction of the sample. */
        AUTO,
        /** The treatment stops no unit from reaching the step. */
        INCREASE,
        /** The treatment brings no unit to the step. */
        DECREASE
    }

    /**
     * Counts of one arm.
     *
     * @param N exposed units
     * @param R units that reached the step
     * @param M units that reached the step and the goal
     */
    public record Arm(long N, long R, long M) {

        private boolean isInvalid() {
            return M < 0 || M > R || R > N;
        }

        private double r() {
            return (double) R / N;
        }

        private double m() {
            return (double) M / N;
        }

        private double u() {
            return (double) (R - M) / N;
        }

        private double q() {
            return (double) M / R;
        }

        private double varR() {
            return r() * ((double) (N - R) / N) / N;
        }

        private double varM() {
            return m() * ((double) (N - M) / N) / N;
        }

        private double varU() {
            return u() * ((double) (N - R + M) / N) / N;
        }

        private double varQ() {
            return q() * ((double) (R - M) / R) / R;
        }
    }

    /**
     * The bounds.
     *
     * @param direction the direction assumed
     * @param pi share of always-reachers among the reachers of the arm with more of them
     * @param lower lower bound
     * @param upper upper bound
     * @param seLower standard error of the lower bound
     * @param seUpper standard error of the upper bound
     * @param ciLow lower limit of the identified set
     * @param ciHigh upper limit of the identified set
     * @param zReach z statistic of the difference in reach
     * @param directionUncertain whether reach may as well have moved the other way
     * @param reason why figures are absent, null if all are there
     */
    public record Result(
            @Nullable Direction direction,
            @Nullable Double pi,
            @Nullable Double lower,
            @Nullable Double upper,
            @Nullable Double seLower,
            @Nullable Double seUpper,
            @Nullable Double ciLow,
            @Nullable Double ciHigh,
            @Nullable Double zReach,
            @Nullable Boolean directionUncertain,
            @Nullable Reason reason) {

        private static Result refused(Reason reason) {
            return new Result(null, null, null, null, null, null, null, null, null, null, reason);
        }
    }

    /** Bounds the effect among always-reachers at two-sided error level {@code alpha}. */
    public static Result of(Arm control, Arm treatment, Direction declared, double alpha) {
        Reason refused = refusal(control, treatment, alpha);
        if (refused != null) {
            return Result.refused(refused);
        }
        double gap = treatment.r() - control.r();
        double noise = Math.sqrt(control.varR() + treatment.varR());
        double zReach = gap == 0 ? 0 : gap / noise;
        double z = Normal.upperQuantile(alpha / 2);
        boolean uncertain = Math.abs(zReach) < z;
        boolean increase = switch (declared) {
            case AUTO -> gap >= 0;
            case INCREASE -> true;
            case DECREASE -> false;
        };
        Direction direction = increase ? Direction.INCREASE : Direction.DECREASE;
        boolean contradicted = increase ? gap < 0 : gap > 0;
        if (contradicted && Math.abs(zReach) > z) {
            return new Result(
                    direction,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    zReach,
                    uncertain,
                    Reason.MONOTONICITY_CONTRADICTED);
        }
        Ends ends = contradicted ? Ends.everybody(control, treatment) : Ends.of(control, treatment, increase);
        double pi = Math.min(1, increase ? control.r() / treatment.r() : treatment.r() / control.r());
        boolean few = Math.min(control.R, treatment.R) < Thresholds.MIN_CONVERSIONS;
        return new Result(
                direction,
                pi,
                ends.lower,
                ends.upper,
                ends.seLower,
                ends.seUpper,
                few ? null : Math.max(-1, ends.lower - z * ends.seLower),
                few ? null : Math.min(1, ends.upper + z * ends.seUpper),
                zReach,
                uncertain,
                few ? Reason.INSUFFICIENT_CONVERSIONS : null);
    }

    private static @Nullable Reason refusal(Arm control, Arm treatment, double alpha) {
        Reason invalid = control.isInvalid() || treatment.isInvalid() ? Reason.INVALID_INPUT : null;
        boolean fewUnits = Math.min(control.N, treatment.N) < Thresholds.MIN_UNITS;
        boolean empty = control.R == 0 || treatment.R == 0;
        return Figures.first(
                invalid,
                Figures.defectOfLevel(alpha),
                fewUnits ? Reason.TOO_FEW_UNITS : null,
                empty ? Reason.EMPTY_STEP : null);
    }

    /** The two ends of the identified set with their standard errors. */
    private record Ends(double lower, double upper, double seLower, double seUpper) {

        /** Everybody who reaches the step is an always-reacher. */
        static Ends everybody(Arm control, Arm treatment) {
            double diff = treatment.q() - control.q();
            double se = Math.sqrt(control.varQ() + treatment.varQ());
            return new Ends(diff, diff, se, se);
        }

        /**
         * The arm with fewer reachers consists of always-reachers only and is fully identified; the other one has
         * others among its reachers, to whom all its goals or all its drop-offs may belong. With more reachers in the
         * control the same holds with the arms' roles, and so the signs, exchanged.
         */
        static Ends of(Arm control, Arm treatment, boolean increase) {
            Arm all = increase ? control : treatment;
            Arm mixed = increase ? treatment : control;
            double best = Math.min(1, mixed.m() / all.r()) - all.q();
            double worst = Math.max(0, 1 - mixed.u() / all.r()) - all.q();
            double seBest = se(mixed.m() < all.r(), mixed.varM(), all.varM(), mixed.m() - all.m(), all.m(), all);
            double seWorst = se(mixed.u() < all.r(), mixed.varU(), all.varU(), mixed.u() - all.u(), all.u(), all);
            return increase ? new Ends(worst, best, seWorst, seBest) : new Ends(-best, -worst, seBest, seWorst);
        }

        /** Standard error of {@code (mixed share - share)/r} of the identified arm, by the delta method. */
        private static double se(
                boolean free, double varMixed, double varShare, double gap, double share, Arm identified) {
            if (!free) {
                return Math.sqrt(identified.varQ());
            }
            double r = identified.r();
            double f = gap / r;
            double cov = share * ((double) (identified.N - identified.R) / identified.N) / identified.N;
            return Math.sqrt(Math.max(0, varMixed + varShare + 2 * f * cov + f * f * identified.varR())) / r;
        }
    }
}
