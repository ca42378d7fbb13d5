package dev.microlift.stats;

import org.jspecify.annotations.Nullable;

/**
 * What one arm knows about one metric: the sufficient statistics of a mean.
 *
 * <p>Anything can be put in; what contradicts itself is refused with a reason by the methods, never by an exception.
 * Statistics of disjoint sets of units are combined by {@link #merge}, in any order (Chan, Golub and LeVeque 1983,
 * <i>Algorithms for computing the sample variance: analysis and recommendations</i>).
 *
 * @param kind what one unit contributes
 * @param n number of units
 * @param sum sum of the units' values, in the metric's unit of measure; for a rate the number of conversions
 * @param m2 sum of squared deviations from the arm's mean, in the square of that unit
 */
public record Moments(Kind kind, long n, double sum, double m2) {

    /** A rate: {@code conversions} of {@code n} units did it. */
    public static Moments binary(long n, long conversions) {
        return new Moments(Kind.BINARY, n, (double) conversions, binaryM2(n, (double) conversions));
    }

    /** A mean from raw sums; {@code sumsq} is the sum of the squared values. */
    public static Moments mean(long n, double sum, double sumsq) {
        return new Moments(Kind.MEAN, n, sum, n > 0 ? CentredSums.ofSquares(n, sum, sumsq) : sumsq);
    }

    /** A mean from a store that keeps the mean and the sum of squared deviations, the most accurate form. */
    public static Moments central(long n, double mean, double m2) {
        return new Moments(Kind.MEAN, n, n * mean, m2);
    }

    /**
     * Either kind from raw sums.
     *
     * @return for a rate whose sum is no count, or whose sum of squares is not its sum, statistics that every method
     *     refuses as invalid
     */
    public static Moments of(Kind kind, long n, double sum, double sumsq) {
        return switch (kind) {
            case MEAN -> mean(n, sum, sumsq);
            case BINARY -> new Moments(kind, n, sum, sumsq == sum ? binaryM2(n, sum) : impossibleM2(sumsq));
        };
    }

    private static double impossibleM2(double sumsq) {
        return Double.isFinite(sumsq) ? -1 : Double.NaN;
    }

    private static double binaryM2(long n, double conversions) {
        return n > 0 ? conversions * ((n - conversions) / n) : conversions;
    }

    /** The statistics of the units of both; of the two kinds if they differ, the more general one. */
    public Moments merge(Moments other) {
        double total = sum + other.sum;
        long units = n + other.n;
        if (kind == Kind.BINARY && other.kind == Kind.BINARY && m2 >= 0 && other.m2 >= 0) {
            return new Moments(Kind.BINARY, units, total, binaryM2(units, total));
        }
        if (n == 0 || other.n == 0) {
            return new Moments(kind == other.kind ? kind : Kind.MEAN, units, total, m2 + other.m2);
        }
        double gap = other.m() - m();
        double between = gap * gap * ((double) n * other.n / units);
        return new Moments(Kind.MEAN, units, total, m2 + other.m2 + between);
    }

    /** Mean of the units' values. */
    double m() {
        return sum / n;
    }

    /** Unbiased variance of the units' values. */
    double s2() {
        return m2 / (n - 1);
    }

    /** Variance of the mean. */
    double v() {
        return s2() / n;
    }

    /** Whether these statistics can have come from units at all. */
    @Nullable
    Reason defect() {
        if (!Double.isFinite(sum) || !Double.isFinite(m2)) {
            return Reason.NON_FINITE_INPUT;
        }
        boolean impossible = n < 0 || m2 < 0 || (n == 0 && (sum != 0 || m2 != 0));
        boolean noCount = kind == Kind.BINARY && (sum < 0 || sum > n || sum != Math.rint(sum));
        return impossible || noCount ? Reason.INVALID_INPUT : null;
    }

    boolean tooFewUnits() {
        return n < Thresholds.MIN_UNITS;
    }

    boolean fewConversions() {
        return kind == Kind.BINARY && (sum < Thresholds.MIN_CONVERSIONS || n - sum < Thresholds.MIN_NON_CONVERSIONS);
    }
}
