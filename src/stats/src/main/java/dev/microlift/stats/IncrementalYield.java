package dev.microlift.stats;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What are the extra micro conversions worth: how many macro conversions came with each of them?
 *
 * <pre>
 * dA = mA_T - mA_C      dB = mB_T - mB_C      VAA, VBB, VAB = sum over arms of (co)variances of the means
 * zMicro = dA/sqrt(VAA)                       yield = dB/dA, interval by Fieller with c = z(1-alpha/2)
 * controlYield = mB_C/mA_C                    yieldRatio = yield/controlYield = lift(macro)/lift(micro)
 * </pre>
 *
 * <p>The yield is in macro units per micro conversion; the ratio compares it with what a micro conversion is worth in
 * the control. It is the causal effect of the micro step only if the treatment moves the macro goal through this step
 * alone. Below {@code |zMicro| = sqrt(10)} the effect is too weak to divide by: {@code WEAK_MICRO_EFFECT}. A rate of
 * the goal with fewer than 10 conversions in an arm refuses everything. An upper limit of the ratio below 1 raises
 * {@code LOW_INTENT_GAIN}.
 *
 * <p>Fieller 1954; Angrist, Imbens and Rubin 1996, <i>Identification of causal effects using instrumental
 * variables</i>; Staiger and Stock 1997, <i>Instrumental variables regression with weak instruments</i>; Anderson and
 * Rubin 1949.
 */
public final class IncrementalYield {

    private IncrementalYield() {}

    /**
     * Sums over the units of one arm: {@code a} is the micro value, {@code b} the macro value.
     *
     * @param kind whether both are 0 or 1
     * @param n number of units
     * @param sumA sum of a
     * @param sumAA sum of squares of a
     * @param sumB sum of b
     * @param sumBB sum of squares of b
     * @param sumAB sum of products
     */
    public record Arm(Kind kind, long n, double sumA, double sumAA, double sumB, double sumBB, double sumAB) {

        /** Counts of 0/1 values: units with the micro step, with the goal, with both. */
        public static Arm binary(long n, long micro, long macro, long both) {
            return new Arm(
                    Kind.BINARY, n, (double) micro, (double) micro, (double) macro, (double) macro, (double) both);
        }

        /** The sums over the units of both. */
        public Arm merge(Arm other) {
            Kind merged = kind == other.kind ? kind : Kind.MEAN;
            return new Arm(
                    merged,
                    n + other.n,
                    sumA + other.sumA,
                    sumAA + other.sumAA,
                    sumB + other.sumB,
                    sumBB + other.sumBB,
                    sumAB + other.sumAB);
        }

        PairedSums paired() {
            return PairedSums.of(n, sumA, sumB, sumAA, sumBB, sumAB);
        }

        private @Nullable Reason defect() {
            Reason single = Figures.first(
                    Moments.of(kind, n, sumA, sumAA).defect(),
                    Moments.of(kind, n, sumB, sumBB).defect(),
                    Double.isFinite(sumAB) ? null : Reason.NON_FINITE_INPUT);
            if (single != null || n == 0) {
                return single;
            }
            boolean noOverlap =
                    kind == Kind.BINARY && (sumAB < Math.max(0, sumA + sumB - n) || sumAB > Math.min(sumA, sumB));
            return noOverlap ? Reason.INVALID_INPUT : paired().defect();
        }

        private boolean fewGoals() {
            return kind == Kind.BINARY && sumB < Thresholds.MIN_CONVERSIONS;
        }
    }

    /**
     * The yield.
     *
     * @param dA effect on the micro value
     * @param dB effect on the macro value
     * @param zMicro z statistic of {@code dA}
     * @param yieldValue macro conversions for each extra micro conversion
     * @param ciLow lower limit of the yield
     * @param ciHigh upper limit
     * @param controlYield macro conversions for each micro conversion in the control
     * @param yieldRatio yield over control yield
     * @param ratioCiLow lower limit of the ratio
     * @param ratioCiHigh upper limit
     * @param reason why figures of the yield are absent
     * @param ratioReason why figures of the ratio are absent
     * @param warnings what to know about figures that are there
     */
    public record Result(
            @Nullable Double dA,
            @Nullable Double dB,
            @Nullable Double zMicro,
            @Nullable Double yieldValue,
            @Nullable Double ciLow,
            @Nullable Double ciHigh,
            @Nullable Double controlYield,
            @Nullable Double yieldRatio,
            @Nullable Double ratioCiLow,
            @Nullable Double ratioCiHigh,
            @Nullable Reason reason,
            @Nullable Reason ratioReason,
            List<Warning> warnings) {

        /** Copies the list. */
        public Result {
            warnings = List.copyOf(warnings);
        }

        private static Result refused(Reason reason) {
            return new Result(null, null, null, null, null, null, null, null, null, null, reason, reason, List.of());
        }

        private static Result refused(
                double dA, double dB, @Nullable Double zMicro, @Nullable Double controlYield, Reason reason) {
            return new Result(
                    dA, dB, zMicro, null, null, null, controlYield, null, null, null, reason, reason, List.of());
        }
    }

    /** Yield of the extra micro conversions of the treatment at two-sided error level {@code alpha}. */
    public static Result of(Arm control, Arm treatment, double alpha) {
        boolean fewUnits = Math.min(control.n, treatment.n) < Thresholds.MIN_UNITS;
        Reason unusable = Figures.first(
                control.defect(),
                treatment.defect(),
                Figures.defectOfLevel(alpha),
                fewUnits ? Reason.TOO_FEW_UNITS : null,
                control.fewGoals() || treatment.fewGoals() ? Reason.INSUFFICIENT_CONVERSIONS : null);
        return unusable == null
                ? ofEffects(control.paired(), treatment.paired(), Normal.upperQuantile(alpha / 2))
                : Result.refused(unusable);
    }

    private static Result ofEffects(PairedSums control, PairedSums treatment, double c) {
        double dA = treatment.meanX() - control.meanX();
        double dB = treatment.meanY() - control.meanY();
        if (!Figures.finite(dA, dB)) {
            return Result.refused(Reason.NON_FINITE_INPUT);
        }
        Double controlYield = control.meanX() > 0 ? Figures.orNull(control.meanY() / control.meanX()) : null;
        double varA = control.varX() + treatment.varX();
        double largest = Math.max(Math.abs(control.meanX()), Math.abs(treatment.meanX()));
        double zMicro = dA / Math.sqrt(varA);
        if (Math.sqrt(varA) <= Thresholds.ZERO_VARIANCE_RATIO * largest || !Double.isFinite(zMicro)) {
            return Result.refused(dA, dB, null, controlYield, Reason.ZERO_VARIANCE);
        }
        if (Math.abs(zMicro) < Thresholds.WEAK_MICRO_Z) {
            return Result.refused(dA, dB, zMicro, controlYield, Reason.WEAK_MICRO_EFFECT);
        }
        double varB = control.varY() + treatment.varY();
        FiellerSet yield = FiellerSet.ratio(dA, dB, varA, varB, control.cov() + treatment.cov(), c);
        if (yield.value() == null) {
            return Result.refused(dA, dB, zMicro, controlYield, Reason.NON_FINITE_INPUT);
        }
        FiellerSet ratio = yieldRatio(control, treatment, c);
        Double high = ratio.high();
        return new Result(
                dA,
                dB,
                zMicro,
                yield.value(),
                yield.low(),
                yield.high(),
                controlYield,
                ratio.value(),
                ratio.low(),
                high,
                yield.reason(),
                ratio.reason(),
                high != null && high < 1 ? List.of(Warning.LOW_INTENT_GAIN) : List.of());
    }

    private static FiellerSet yieldRatio(PairedSums control, PairedSums treatment, double c) {
        double a = control.meanX();
        double b = control.meanY();
        if (a <= 0 || b <= 0) {
            return FiellerSet.refused(null, Reason.BASELINE_NOT_POSITIVE);
        }
        double ratioA = treatment.meanX() / a;
        double ratioB = treatment.meanY() / b;
        double varA = treatment.varX() / a / a + ratioA * ratioA * control.varX() / a / a;
        double varB = treatment.varY() / b / b + ratioB * ratioB * control.varY() / b / b;
        double cov = treatment.cov() / a / b + ratioA * ratioB * control.cov() / a / b;
        FiellerSet set = FiellerSet.ratio((treatment.meanX() - a) / a, (treatment.meanY() - b) / b, varA, varB, cov, c);
        return set.value() == null ? FiellerSet.refused(null, Reason.BASELINE_NOT_POSITIVE) : set;
    }
}
