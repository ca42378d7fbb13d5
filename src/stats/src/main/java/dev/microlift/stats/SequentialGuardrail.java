package dev.microlift.stats;

import org.jspecify.annotations.Nullable;

/**
 * Is a guardrail metric not worse than it may be, asked at every look? {@link NonInferiority} with one side of a
 * {@link ConfidenceSequence}.
 *
 * <pre>
 * D = m_T - a m_C     se = sqrt(v_T + a^2 v_C)     stat = D/se     k of the confidence sequence at 2 alpha
 * PASS if stat lies beyond k on the good side, VIOLATED if beyond k on the bad side, else INCONCLUSIVE
 * </pre>
 *
 * <p>Each side is crossed about equally often, so one side of a sequence at {@code 2 alpha} errs at most with about
 * {@code alpha} over all looks (measured: 1.0 to 2.0 percent for a nominal 5). Burn-in and refusals are those of the
 * confidence sequence and leave the verdict inconclusive.
 */
public final class SequentialGuardrail {

    private SequentialGuardrail() {}

    /**
     * One look.
     *
     * @param lift relative difference to control
     * @param stat test statistic
     * @param k what it has to exceed
     * @param verdict the verdict, always there
     * @param reason why figures are absent, null if all are there
     */
    public record Result(
            @Nullable Double lift,
            @Nullable Double stat,
            @Nullable Double k,
            NonInferiority.Verdict verdict,
            @Nullable Reason reason) {

        private static Result refused(@Nullable Double lift, Reason reason) {
            return new Result(lift, null, null, NonInferiority.Verdict.INCONCLUSIVE, reason);
        }
    }

    /**
     * One look.
     *
     * @param alpha one-sided error level over all looks, below one half
     * @param margin largest tolerated relative harm, positive
     * @param higherIsBetter whether more of the metric is good
     * @param nStar planned number of matured units of both arms
     */
    public static Result look(
            Moments control, Moments treatment, double alpha, double margin, boolean higherIsBetter, double nStar) {
        Reason invalid = NonInferiority.defectOfMargin(margin);
        if (invalid != null) {
            return Result.refused(null, invalid);
        }
        ConfidenceSequence.Result sequence = ConfidenceSequence.of(control, treatment, 2 * alpha, nStar);
        Double k = sequence.k();
        if (sequence.reason() != null || k == null) {
            Double lift = sequence.diff() == null ? null : FiellerSet.liftOf(control.m(), treatment.m());
            return Result.refused(lift, sequence.reason() == null ? Reason.NON_FINITE_INPUT : sequence.reason());
        }
        if (sequence.lift() == null) {
            return Result.refused(null, Reason.BASELINE_NOT_POSITIVE);
        }
        double a = higherIsBetter ? 1 - margin : 1 + margin;
        double se = Math.sqrt(treatment.v() + a * a * control.v());
        double stat = (treatment.m() - a * control.m()) / se;
        if (!Double.isFinite(stat)) {
            return Result.refused(sequence.lift(), Reason.ZERO_VARIANCE);
        }
        double good = higherIsBetter ? stat : -stat;
        return new Result(sequence.lift(), stat, k, verdict(good, k), null);
    }

    private static NonInferiority.Verdict verdict(double good, double k) {
        if (good > k) {
            return NonInferiority.Verdict.PASS;
        }
        return good < -k ? NonInferiority.Verdict.VIOLATED : NonInferiority.Verdict.INCONCLUSIVE;
    }
}
