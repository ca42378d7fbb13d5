package dev.microlift.stats;

import org.jspecify.annotations.Nullable;

/**
 * Does the effect differ between segments, beyond what chance does?
 *
 * <pre>
 * w = 1/v     dbar = sum w d / sum w     Q = sum w (d - dbar)^2     df = segments - 1     p = upper chi-square tail
 * i2 = max(0, (Q - df)/Q)                seBar = 1/sqrt(sum w)
 * </pre>
 *
 * <p>{@code d} are differences (or logarithms of ratios) in independent segments and {@code v} their squared standard
 * errors, of attributes frozen at or before the first exposure. One Q for each attribute and metric; the p-values of a
 * report form one family ({@link Multiplicity}).
 *
 * <p>Cochran 1954, <i>The combination of estimates from different experiments</i>; Higgins and Thompson 2002,
 * <i>Quantifying heterogeneity in a meta-analysis</i>.
 */
public final class CochranQ {

    private CochranQ() {}

    /**
     * The comparison.
     *
     * @param q weighted sum of squared deviations
     * @param df degrees of freedom
     * @param p p-value
     * @param i2 share of the variation that is not chance
     * @param dbar weighted mean effect
     * @param seBar its standard error
     * @param reason why all are absent, null if they are there
     */
    public record Result(
            @Nullable Double q,
            @Nullable Integer df,
            @Nullable Double p,
            @Nullable Double i2,
            @Nullable Double dbar,
            @Nullable Double seBar,
            @Nullable Reason reason) {

        private static Result refused(Reason reason) {
            return new Result(null, null, null, null, null, null, reason);
        }
    }

    /** Compares the effects {@code d} with variances {@code v}, one of each for every segment. */
    public static Result test(double[] d, double[] v) {
        Reason refused = refusal(d, v);
        if (refused != null) {
            return Result.refused(refused);
        }
        double weights = 0;
        double weighted = 0;
        for (int i = 0; i < d.length; i++) {
            weights += 1 / v[i];
            weighted += (d[i] - d[0]) / v[i];
        }
        double shift = weighted / weights;
        double q = 0;
        for (int i = 0; i < d.length; i++) {
            double gap = d[i] - d[0] - shift;
            q += gap * gap / v[i];
        }
        int df = d.length - 1;
        double i2 = q > df ? (q - df) / q : 0;
        double dbar = d[0] + shift;
        double seBar = 1 / Math.sqrt(weights);
        if (!Figures.finite(q, dbar, seBar)) {
            return Result.refused(Reason.NON_FINITE_INPUT);
        }
        return new Result(q, df, ChiSquare.upperTail(q, df), i2, dbar, seBar, null);
    }

    private static @Nullable Reason refusal(double[] d, double[] v) {
        if (!Figures.finite(d) || !Figures.finite(v)) {
            return Reason.NON_FINITE_INPUT;
        }
        if (d.length != v.length) {
            return Reason.INVALID_INPUT;
        }
        if (d.length < Thresholds.MIN_SEGMENTS) {
            return Reason.TOO_FEW_SEGMENTS;
        }
        for (double variance : v) {
            if (variance <= 0) {
                return Reason.ZERO_VARIANCE;
            }
        }
        return null;
    }
}
