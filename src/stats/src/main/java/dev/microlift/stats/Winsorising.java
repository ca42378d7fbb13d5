package dev.microlift.stats;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How much would a few huge values say? Values above a quantile of all arms together are set to it.
 *
 * <pre>
 * cap = x_(ceil(n nu)) of the pooled values          y = min(y, cap)
 * </pre>
 *
 * <p>The cap is in the metric's unit of measure. A plan may freeze it; {@link #at} then applies the frozen one. A cap
 * of 0 or below caps nothing: {@code CAP_NOT_POSITIVE}.
 */
public final class Winsorising {

    private Winsorising() {}

    /**
     * The capped values.
     *
     * @param cap the cap
     * @param capped how many values were above it
     * @param sum sum of the values after capping
     * @param sumsq sum of their squares
     * @param reason why nothing was capped, or why all are absent
     */
    public record Result(
            @Nullable Double cap,
            @Nullable Long capped,
            @Nullable Double sum,
            @Nullable Double sumsq,
            @Nullable Reason reason) {

        private static Result refused(Reason reason) {
            return new Result(null, null, null, null, reason);
        }
    }

    /** Caps at the quantile {@code nu} of the values, which are those of all arms. */
    public static Result pooled(double[] values, double nu) {
        Reason refused = Figures.first(Figures.defectOfLevel(nu), defect(values));
        if (refused != null) {
            return Result.refused(refused);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return at(values, QuantileInterval.point(sorted, nu));
    }

    /** Caps at a given value, for one arm or all. */
    public static Result at(double[] values, double cap) {
        Reason refused = Figures.first(defect(values), Double.isFinite(cap) ? null : Reason.NON_FINITE_INPUT);
        if (refused != null) {
            return Result.refused(refused);
        }
        boolean capping = cap > 0;
        CompensatedSum sum = new CompensatedSum();
        CompensatedSum sumsq = new CompensatedSum();
        long capped = 0;
        for (double value : values) {
            boolean above = capping && value > cap;
            double y = above ? cap : value;
            capped += above ? 1 : 0;
            sum.add(y);
            sumsq.add(y * y);
        }
        return Figures.finite(sum.value(), sumsq.value())
                ? new Result(cap, capped, sum.value(), sumsq.value(), capping ? null : Reason.CAP_NOT_POSITIVE)
                : Result.refused(Reason.NON_FINITE_INPUT);
    }

    private static @Nullable Reason defect(double[] values) {
        if (!Figures.finite(values)) {
            return Reason.NON_FINITE_INPUT;
        }
        return values.length == 0 ? Reason.TOO_FEW_UNITS : null;
    }
}
