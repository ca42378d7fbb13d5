package dev.microlift.stats;

import java.util.Arrays;
import java.util.function.LongPredicate;
import org.apache.commons.math3.special.Beta;
import org.jspecify.annotations.Nullable;

/**
 * Where does a quantile of the units' values lie, and did it move? Order statistics, valid for any law.
 *
 * <pre>
 * point = x_(ceil(n nu))          B ~ Binomial(n, nu)
 * l = smallest k with P(B &lt;= k) >= alpha/2          u = 1 + smallest k with P(B &lt;= k) >= 1 - alpha/2
 * ci = [x_(l), x_(u)]             coverage = P(l &lt;= B &lt;= u-1)
 * two arms: se_a = (x_(u) - x_(l))/(2 z(1-alpha/2))          diff = q_T - q_C with normal interval and p
 * </pre>
 *
 * <p>Values are those of independent units, not of events, in the metric's unit of measure. Ranks outside the sample
 * refuse the interval, {@code TOO_FEW_UNITS}, and with it the comparison, but not the points.
 *
 * <p>David and Nagaraja 2003, <i>Order statistics</i>; Deng, Knoblich and Lu 2018, <i>Applying the delta method in
 * metric analytics</i>.
 */
public final class QuantileInterval {
    private static final double ROUNDING = 1e-9;
    /** Above, the incomplete beta function loses its digits. */
    private static final long MOST_VALUES = 1_000_000_000_000L;

    private QuantileInterval() {}

    /**
     * Ranks of the interval, counted from 1.
     *
     * @param l rank of the lower limit
     * @param u rank of the upper limit
     * @param coverage probability that the interval contains the quantile
     * @param reason why all are absent, null if they are there
     */
    public record Ranks(
            @Nullable Long l,
            @Nullable Long u,
            @Nullable Double coverage,
            @Nullable Reason reason) {

        private static Ranks refused(Reason reason) {
            return new Ranks(null, null, null, reason);
        }
    }

    /**
     * The quantile in both arms.
     *
     * @param qC quantile of the control
     * @param ciLowC its lower limit
     * @param ciHighC its upper limit
     * @param qT quantile of the treatment
     * @param ciLowT its lower limit
     * @param ciHighT its upper limit
     * @param diff {@code qT - qC}
     * @param se standard error of the difference
     * @param p two-sided p-value
     * @param ciLow lower limit of the difference
     * @param ciHigh upper limit
     * @param reason why figures are absent, null if all are there
     */
    public record Result(
            @Nullable Double qC,
            @Nullable Double ciLowC,
            @Nullable Double ciHighC,
            @Nullable Double qT,
            @Nullable Double ciLowT,
            @Nullable Double ciHighT,
            @Nullable Double diff,
            @Nullable Double se,
            @Nullable Double p,
            @Nullable Double ciLow,
            @Nullable Double ciHigh,
            @Nullable Reason reason) {

        private static Result refused(Reason reason) {
            return new Result(null, null, null, null, null, null, null, null, null, null, null, reason);
        }

        private static Result refused(Limits control, Limits treatment, Reason reason) {
            return new Result(
                    control.q,
                    control.low,
                    control.high,
                    treatment.q,
                    treatment.low,
                    treatment.high,
                    treatment.q - control.q,
                    null,
                    null,
                    null,
                    null,
                    reason);
        }
    }

    /** Ranks for the quantile at {@code nu} of {@code n} values at two-sided error level {@code alpha}. */
    public static Ranks ranks(long n, double nu, double alpha) {
        Reason invalid = Figures.first(
                Figures.defectOfLevel(nu),
                Figures.defectOfLevel(alpha),
                n < 0 || n > MOST_VALUES ? Reason.INVALID_INPUT : null);
        if (invalid != null) {
            return Ranks.refused(invalid);
        }
        long l = smallest(n, k -> below(n, nu, k) >= alpha / 2);
        long u = 1 + smallest(n, k -> above(n, nu, k) <= alpha / 2);
        if (l < 1 || u > n) {
            return Ranks.refused(Reason.TOO_FEW_UNITS);
        }
        return new Ranks(l, u, 1 - below(n, nu, l - 1) - above(n, nu, u - 1), null);
    }

    /** Compares the quantile at {@code nu} between the units' values of two arms, in any order. */
    public static Result compare(double[] xC, double[] xT, double nu, double alpha) {
        boolean finite = Figures.finite(xC) && Figures.finite(xT);
        boolean empty = xC.length == 0 || xT.length == 0;
        Reason refused = Figures.first(
                Figures.defectOfLevel(nu),
                Figures.defectOfLevel(alpha),
                finite ? null : Reason.NON_FINITE_INPUT,
                empty ? Reason.TOO_FEW_UNITS : null);
        if (refused != null) {
            return Result.refused(refused);
        }
        Limits control = Limits.of(xC, nu, alpha);
        Limits treatment = Limits.of(xT, nu, alpha);
        double diff = treatment.q - control.q;
        if (!Double.isFinite(diff)) {
            return Result.refused(Reason.NON_FINITE_INPUT);
        }
        if (control.low == null || control.high == null || treatment.low == null || treatment.high == null) {
            return Result.refused(control, treatment, Reason.TOO_FEW_UNITS);
        }
        double z = Normal.upperQuantile(alpha / 2);
        double se = Math.hypot(treatment.high - treatment.low, control.high - control.low) / (2 * z);
        if (se <= Thresholds.ZERO_VARIANCE_RATIO * Math.max(Math.abs(control.q), Math.abs(treatment.q))) {
            return Result.refused(control, treatment, Reason.ZERO_VARIANCE);
        }
        if (!Figures.finite(se, diff / se, diff - z * se, diff + z * se)) {
            return Result.refused(control, treatment, Reason.NON_FINITE_INPUT);
        }
        return new Result(
                control.q,
                control.low,
                control.high,
                treatment.q,
                treatment.low,
                treatment.high,
                diff,
                se,
                Normal.twoSidedP(diff / se),
                diff - z * se,
                diff + z * se,
                null);
    }

    /** The value at {@code nu} of sorted values. */
    static double point(double[] sorted, double nu) {
        int rank = (int) Math.ceil(sorted.length * nu - ROUNDING);
        return sorted[Math.max(1, rank) - 1];
    }

    /** {@code P(B <= k)}. */
    private static double below(long n, double nu, long k) {
        if (k < 0) {
            return 0;
        }
        return k >= n ? 1 : Beta.regularizedBeta(1 - nu, (double) (n - k), k + 1.0);
    }

    /** {@code P(B > k)}. */
    private static double above(long n, double nu, long k) {
        if (k < 0) {
            return 1;
        }
        return k >= n ? 0 : Beta.regularizedBeta(nu, k + 1.0, (double) (n - k));
    }

    /** The smallest count up to {@code n} from which a condition holds. */
    private static long smallest(long n, LongPredicate holds) {
        long low = 0;
        long high = n;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (holds.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Point and interval of one arm. */
    private record Limits(
            double q, @Nullable Double low, @Nullable Double high) {

        static Limits of(double[] x, double nu, double alpha) {
            double[] sorted = x.clone();
            Arrays.sort(sorted);
            Ranks ranks = ranks(sorted.length, nu, alpha);
            Long l = ranks.l;
            Long u = ranks.u;
            return new Limits(
                    point(sorted, nu),
                    l == null ? null : sorted[Math.toIntExact(l - 1)],
                    u == null ? null : sorted[Math.toIntExact(u - 1)]);
        }
    }
}
