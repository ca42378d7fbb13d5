package dev.microlift.stats;

import org.apache.commons.math3.special.Erf;

/** The standard normal law, accurate relative to the size of its tails. */
final class Normal {
    private static final double SQRT2 = Math.sqrt(2);
    private static final double DENSITY_AT_0 = 1 / Math.sqrt(2 * Math.PI);

    private Normal() {}

    static double density(double x) {
        return DENSITY_AT_0 * Math.exp(-x * x / 2);
    }

    /** {@code P(Z > x) = erfc(x / sqrt 2) / 2}. */
    static double upperTail(double x) {
        return 0.5 * Erf.erfc(x / SQRT2);
    }

    static double cumulative(double x) {
        return upperTail(-x);
    }

    static double twoSidedP(double z) {
        return Math.min(1, 2 * upperTail(Math.abs(z)));
    }

    /** The {@code x} with {@code P(Z > x) = q}; {@code z_{1-alpha/2}} is {@code upperQuantile(alpha / 2)}. */
    static double upperQuantile(double q) {
        return TailInverse.of(Normal::upperTail, Normal::density, q);
    }
}
