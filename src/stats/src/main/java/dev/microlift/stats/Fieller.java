package dev.microlift.stats;

import org.jspecify.annotations.Nullable;

/**
 * By how much did the metric move relative to control? Lift with an interval that never contradicts the test of the
 * difference.
 *
 * <pre>
 * lift = m_T/m_C - 1       c = t(1-alpha/2; df) with Welch's df       g = c^2 v_C / m_C^2
 * A = m_C^2 - c^2 v_C      B = m_C m_T      E = m_T^2 - c^2 v_T
 * ci = (B -+ sqrt(B^2 - A E))/A - 1         (g below 1)
 * varLift = v_T/m_C^2 + m_T^2 v_C/m_C^4     (delta method, only where a standard error is needed)
 * </pre>
 *
 * <p>Figures are fractions (0.08 is plus 8 percent). With {@code g < 1} the interval excludes 0 exactly when
 * {@link Welch} rejects at the same level; the p-value of the lift is that of the difference. A control mean of 0 or
 * below has no lift; {@code g >= 1} keeps the lift and refuses the interval; Welch's refusals propagate, and keep the
 * lift where they keep the difference.
 *
 * <p>Fieller 1954, <i>Some problems in interval estimation</i>; Deng, Knoblich and Lu 2018, <i>Applying the delta
 * method in metric analytics</i>.
 */
public final class Fieller {

    private Fieller() {}

    /**
     * The lift.
     *
     * @param lift relative difference to control
     * @param g squared relative standard error of the control mean times the squared multiplier
     * @param varLift variance of the lift by the delta method
     * @param df degrees of freedom of the multiplier
     * @param ciLow lower limit of the lift at level {@code 1 - alpha}
     * @param ciHigh upper limit
     * @param reason why figures are absent, null if all are there
     */
    public record Result(
            @Nullable Double lift,
            @Nullable Double g,
            @Nullable Double varLift,
            @Nullable Double df,
            @Nullable Double ciLow,
            @Nullable Double ciHigh,
            @Nullable Reason reason) {

        private static Result of(FiellerSet set, @Nullable Double df) {
            return new Result(set.value(), set.g(), set.variance(), df, set.low(), set.high(), set.reason());
        }
    }

    /** Lift of treatment over control at two-sided error level {@code alpha}. */
    public static Result lift(Moments control, Moments treatment, double alpha) {
        Welch.Result difference = Welch.test(control, treatment, alpha);
        if (difference.reason() != null) {
            Double lift = FiellerSet.liftOf(difference.mC(), difference.mT());
            return Result.of(FiellerSet.refused(lift, difference.reason()), null);
        }
        StandardError error = StandardError.of(control, treatment);
        double c = StudentT.upperQuantile(alpha / 2, error.df());
        FiellerSet set = FiellerSet.lift(control.m(), treatment.m(), error.vC(), error.vT(), 0, c);
        return Result.of(set, set.value() == null ? null : error.df());
    }
}
