package dev.microlift.stats;

import org.jspecify.annotations.Nullable;

/**
 * Is a guardrail metric not worse than it may be? One-sided test against a relative margin.
 *
 * <pre>
 * a = 1 - margin if higher is better, else 1 + margin       D = m_T - a m_C       se = sqrt(v_T + a^2 v_C)
 * df = (v_T + a^2 v_C)^2 / (v_T^2/(n_T-1) + (a^2 v_C)^2/(n_C-1))                  stat = D/se
 * p = P(t > stat) if higher is better, else P(t &lt; stat)     (hypothesis: worse than the margin)
 * PASS if p below alpha, VIOLATED if p above 1 - alpha, else INCONCLUSIVE
 * bound: one-sided Fieller limit of the lift on the harmful side, with Welch's df (informative only)
 * </pre>
 *
 * <p>{@code margin} and lift are fractions of the control mean, {@code alpha} is one-sided. Refusals of {@link Welch}
 * and a control mean of 0 or below leave the verdict inconclusive, never passed.
 *
 * <p>Wellek 2010, <i>Testing statistical hypotheses of equivalence and noninferiority</i>; Schultzberg, Ankargren and
 * Franberg 2024, <i>Risk-aware product decisions in A/B tests with multiple metrics</i>.
 */
public final class NonInferiority {

    private NonInferiority() {}

    /** What the guardrail says. */
    public enum Verdict {
        /** Not worse than the margin. */
        PASS,
        /** Worse than the margin. */
        VIOLATED,
        /** The data allow both, or no test was possible. */
        INCONCLUSIVE
    }

    /**
     * The guardrail.
     *
     * @param lift relative difference to control
     * @param stat test statistic
     * @param se standard error of {@code m_T - a m_C}
     * @param df degrees of freedom
     * @param p p-value of "worse than the margin"
     * @param verdict the verdict, always there
     * @param bound one-sided limit of the lift on the harmful side
     * @param reason why the test is absent
     * @param boundReason why the bound is absent
     */
    public record Result(
            @Nullable Double lift,
            @Nullable Double stat,
            @Nullable Double se,
            @Nullable Double df,
            @Nullable Double p,
            Verdict verdict,
            @Nullable Double bound,
            @Nullable Reason reason,
            @Nullable Reason boundReason) {

        private static Result refused(@Nullable Double lift, Reason reason) {
            return new Result(lift, null, null, null, null, Verdict.INCONCLUSIVE, null, reason, reason);
        }
    }

    /**
     * Tests once, at the planned end.
     *
     * @param alpha one-sided error level
     * @param margin largest tolerated relative harm, positive
     * @param higherIsBetter whether more of the metric is good
     */
    public static Result test(Moments control, Moments treatment, double alpha, double margin, boolean higherIsBetter) {
        Reason invalid = defectOfMargin(margin);
        if (invalid != null) {
            return Result.refused(null, invalid);
        }
        Welch.Result difference = Welch.test(control, treatment, alpha);
        if (difference.reason() != null) {
            return Result.refused(FiellerSet.liftOf(difference.mC(), difference.mT()), difference.reason());
        }
        StandardError plain = StandardError.of(control, treatment);
        double c = StudentT.upperQuantile(alpha, plain.df());
        FiellerSet set = FiellerSet.lift(control.m(), treatment.m(), plain.vC(), plain.vT(), 0, c);
        if (set.value() == null) {
            return Result.refused(null, Reason.BASELINE_NOT_POSITIVE);
        }
        double a = higherIsBetter ? 1 - margin : 1 + margin;
        StandardError error = StandardError.of(control.n(), a * a * control.v(), treatment.n(), treatment.v());
        double stat = (treatment.m() - a * control.m()) / error.se();
        if (error.isZero(a * control.m(), treatment.m())) {
            return Result.refused(set.value(), Reason.ZERO_VARIANCE);
        }
        if (!Figures.finite(stat, error.se(), error.df())) {
            return Result.refused(set.value(), Reason.NON_FINITE_INPUT);
        }
        double p = StudentT.upperTail(higherIsBetter ? stat : -stat, error.df());
        Double bound = harmfulEnd(set, c, higherIsBetter);
        return new Result(set.value(), stat, error.se(), error.df(), p, verdict(p, alpha), bound, null, set.reason());
    }

    /** With a one-sided level above one half the multiplier is negative and the ends change places. */
    private static @Nullable Double harmfulEnd(FiellerSet set, double c, boolean higherIsBetter) {
        return higherIsBetter == c >= 0 ? set.low() : set.high();
    }

    private static Verdict verdict(double p, double alpha) {
        if (p < alpha) {
            return Verdict.PASS;
        }
        return p > 1 - alpha ? Verdict.VIOLATED : Verdict.INCONCLUSIVE;
    }

    static @Nullable Reason defectOfMargin(double margin) {
        if (!Double.isFinite(margin)) {
            return Reason.NON_FINITE_INPUT;
        }
        return margin > 0 ? null : Reason.INVALID_INPUT;
    }
}
