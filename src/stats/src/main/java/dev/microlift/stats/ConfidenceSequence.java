package dev.microlift.stats;

import org.jspecify.annotations.Nullable;

/**
 * May I look now? Difference and lift with intervals that hold at all looks together, however many there are.
 *
 * <pre>
 * rho2 = (-2 ln alpha + ln(-2 ln alpha + 1)) / Nstar        n = n_C + n_T        x = n rho2
 * k = sqrt(2 (x+1)/x ln(sqrt(x+1)/alpha))                   ci = diff -+ k se
 * pAlwaysValid = min(1, sqrt(x+1) exp(-(diff/se)^2 x / (2(x+1))))
 * lift: the set of {@link Fieller} with multiplier k
 * </pre>
 *
 * <p>{@code Nstar}, the planned number of matured units of both arms, says where the interval is tightest and is frozen
 * at start. {@code pAlwaysValid <= alpha} exactly when the interval excludes 0. Before every arm has 10 conversions and
 * 10 non-conversions (50 units for a mean) there is only the difference: {@code BURN_IN}. Only matured units may enter,
 * in the order in which they matured.
 *
 * <p>Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2024, <i>Time-uniform central limit theory and asymptotic
 * confidence sequences</i>; Howard, Ramdas, McAuliffe and Sekhon 2021, <i>Time-uniform, nonparametric, nonasymptotic
 * confidence sequences</i>; Johari, Koomen, Pekelis and Walsh 2022, <i>Always valid inference</i>.
 */
public final class ConfidenceSequence {
    /** {@code Nstar} where no plan exists. */
    public static final double DEFAULT_NSTAR = 10_000;

    private ConfidenceSequence() {}

    /**
     * One look.
     *
     * @param x units seen in multiples of the mixture's scale
     * @param k multiplier of the standard error, the counterpart of 1.96
     * @param diff {@code m_T - m_C}
     * @param se standard error of the difference
     * @param ciLow lower limit of the difference
     * @param ciHigh upper limit
     * @param pAlwaysValid p-value that holds at any stopping time
     * @param lift relative difference to control
     * @param liftCiLow lower limit of the lift
     * @param liftCiHigh upper limit
     * @param reason why figures of the difference are absent
     * @param liftReason why figures of the lift are absent
     */
    public record Result(
            @Nullable Double x,
            @Nullable Double k,
            @Nullable Double diff,
            @Nullable Double se,
            @Nullable Double ciLow,
            @Nullable Double ciHigh,
            @Nullable Double pAlwaysValid,
            @Nullable Double lift,
            @Nullable Double liftCiLow,
            @Nullable Double liftCiHigh,
            @Nullable Reason reason,
            @Nullable Reason liftReason) {

        private static Result refused(@Nullable Double diff, Reason reason) {
            return new Result(null, null, diff, null, null, null, null, null, null, null, reason, reason);
        }
    }

    /** One look with {@link #DEFAULT_NSTAR}. */
    public static Result of(Moments control, Moments treatment, double alpha) {
        return of(control, treatment, alpha, DEFAULT_NSTAR);
    }

    /** One look at total error level {@code alpha} over all looks, planned for {@code nStar} units in both arms. */
    public static Result of(Moments control, Moments treatment, double alpha, double nStar) {
        Reason unusable = Figures.first(defectOfPlan(nStar), Welch.unusable(control, treatment, alpha));
        if (unusable != null) {
            return Result.refused(null, unusable);
        }
        double mC = control.m();
        double mT = treatment.m();
        double diff = mT - mC;
        if (!Double.isFinite(diff)) {
            return Result.refused(null, Reason.NON_FINITE_INPUT);
        }
        if (burningIn(control) || burningIn(treatment)) {
            return Result.refused(diff, Reason.BURN_IN);
        }
        StandardError error = StandardError.of(control, treatment);
        double se = error.se();
        if (error.isZero(mC, mT)) {
            return Result.refused(diff, Reason.ZERO_VARIANCE);
        }
        double x = ((double) control.n() + treatment.n()) * rho2(alpha, nStar);
        double k = Math.sqrt(2 * (x + 1) / x * (0.5 * Math.log1p(x) - Math.log(alpha)));
        double z = diff / se;
        double p = Math.min(1, Math.exp(0.5 * Math.log1p(x) - z * z * (x / (2 * (x + 1)))));
        if (!Figures.finite(x, k, se, diff - k * se, diff + k * se, p)) {
            return Result.refused(diff, Reason.NON_FINITE_INPUT);
        }
        FiellerSet set = FiellerSet.lift(mC, mT, error.vC(), error.vT(), 0, k);
        return new Result(
                x,
                k,
                diff,
                se,
                diff - k * se,
                diff + k * se,
                p,
                set.value(),
                set.low(),
                set.high(),
                null,
                set.reason());
    }

    /** The running p-value: the smallest of all looks so far, of which {@code previous} is the running one. */
    public static @Nullable Double pRunning(@Nullable Double previous, @Nullable Double pAlwaysValid) {
        if (previous == null || pAlwaysValid == null) {
            return previous == null ? pAlwaysValid : previous;
        }
        return Math.min(previous, pAlwaysValid);
    }

    private static double rho2(double alpha, double nStar) {
        double twice = -2 * Math.log(alpha);
        return (twice + Math.log1p(twice)) / nStar;
    }

    private static @Nullable Reason defectOfPlan(double nStar) {
        if (!Double.isFinite(nStar)) {
            return Reason.NON_FINITE_INPUT;
        }
        return nStar > 0 ? null : Reason.INVALID_INPUT;
    }

    static boolean burningIn(Moments arm) {
        return switch (arm.kind()) {
            case BINARY -> arm.fewConversions();
            case MEAN -> arm.n() < Thresholds.BURN_IN_UNITS;
        };
    }
}
