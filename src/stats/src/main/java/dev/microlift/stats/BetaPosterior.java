package dev.microlift.stats;

import org.apache.commons.math3.special.Gamma;

/**
 * Belief about a rate after {@code x} conversions of {@code n} units and a uniform prior: Beta(1+x, 1+n-x).
 *
 * @param a one plus conversions
 * @param b one plus non-conversions
 */
record BetaPosterior(double a, double b) {
    private static final double[] HEIGHTS = {0, .5, 1, 2, 3, 4, 6, 8, 10, 15, 25, 40};
    private static final double PLAIN_LOGARITHM_LIMIT = 1e5;

    static BetaPosterior of(long n, long x) {
        return new BetaPosterior(1.0 + x, 1.0 + (n - x));
    }

    double mean() {
        return a / (a + b);
    }

    double sd() {
        double total = a + b;
        return Math.sqrt(a / total * (b / total) / (total + 1));
    }

    /** Mean of the rate's logarithm. */
    double logMean() {
        return Gamma.digamma(a) - Gamma.digamma(a + b);
    }

    /** Variance of the rate's logarithm. */
    double logVariance() {
        return Gamma.trigamma(a) - Gamma.trigamma(a + b);
    }

    /** The density in multiples of its largest value; relative to the mode, since the powers alone lose digits. */
    double shape(double u) {
        double mode = a + b > 2 ? (a - 1) / (a + b - 2) : 0.5;
        double log = power(a - 1, u, mode) + power(b - 1, 1 - u, 1 - mode);
        return Math.exp(log);
    }

    private double power(double exponent, double u, double mode) {
        if (exponent == 0) {
            return 0;
        }
        boolean plain = a + b < PLAIN_LOGARITHM_LIMIT;
        return exponent * (plain ? Math.log(u / mode) : Math.log1p((u - mode) / mode));
    }

    /** Where the density changes its character: points at multiples of the standard deviation, within (0, 1). */
    double[] breakpoints() {
        double[] points = new double[2 * HEIGHTS.length];
        for (int i = 0; i < HEIGHTS.length; i++) {
            points[2 * i] = mean() - HEIGHTS[i] * sd();
            points[2 * i + 1] = mean() + HEIGHTS[i] * sd();
        }
        return points;
    }
}
