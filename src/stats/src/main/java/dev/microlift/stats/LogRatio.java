package dev.microlift.stats;

import org.jspecify.annotations.Nullable;

/**
 * An effect that can be compared between segments or experiments of different base rates: the logarithm of the ratio of
 * two means.
 *
 * <pre>
 * d = ln(m_T/m_C)          v = v_C/m_C^2 + v_T/m_T^2          (delta method)
 * </pre>
 *
 * <p>Refusals of {@link Welch} propagate; a mean of 0 or below in an arm is {@code BASELINE_NOT_POSITIVE}. Feeds
 * {@link CochranQ} and {@link TrialSurrogacy}.
 */
public final class LogRatio {

    private LogRatio() {}

    /**
     * The effect.
     *
     * @param d logarithm of the ratio
     * @param v its sampling variance
     * @param reason why both are absent, null if they are there
     */
    public record Result(
            @Nullable Double d,
            @Nullable Double v,
            @Nullable Reason reason) {}

    /** The effect of treatment against control. */
    public static Result of(Moments control, Moments treatment) {
        Reason reason = Welch.test(control, treatment, 0.5).reason();
        if (reason == null && Math.min(control.m(), treatment.m()) <= 0) {
            reason = Reason.BASELINE_NOT_POSITIVE;
        }
        if (reason != null) {
            return new Result(null, null, reason);
        }
        double d = Math.log(treatment.m() / control.m());
        double v = relativeVariance(control) + relativeVariance(treatment);
        return Figures.finite(d, v) ? new Result(d, v, null) : new Result(null, null, Reason.NON_FINITE_INPUT);
    }

    private static double relativeVariance(Moments arm) {
        return arm.v() / arm.m() / arm.m();
    }
}
