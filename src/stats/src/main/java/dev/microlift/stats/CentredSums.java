package dev.microlift.stats;

/**
 * Centred sums of squares and products from raw sums, {@code sum xy - sum x sum y / n}.
 *
 * <p>The product of the sums and the quotient are carried with their rounding errors (two doubles, by fused
 * multiply-add), so that nothing is lost beyond the rounding of the raw sums themselves (Chan, Golub and LeVeque 1983).
 */
final class CentredSums {

    private CentredSums() {}

    static double of(long n, double sumX, double sumY, double sumXY) {
        double product = sumX * sumY;
        double productError = Math.fma(sumX, sumY, -product);
        double units = n;
        double quotient = product / units;
        double remainder = Math.fma(-quotient, units, product) + productError;
        return (sumXY - quotient) - remainder / units;
    }

    /** Squares: a value that can be rounding only becomes 0, a value further below 0 stays negative. */
    static double ofSquares(long n, double sum, double sumsq) {
        double m2 = of(n, sum, sum, sumsq);
        boolean rounding = m2 >= -Thresholds.NEGATIVE_M2_RATIO * sumsq && m2 <= Thresholds.POSITIVE_M2_RATIO * sumsq;
        return rounding ? 0 : m2;
    }
}
