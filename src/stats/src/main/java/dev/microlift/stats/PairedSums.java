package dev.microlift.stats;

import org.jspecify.annotations.Nullable;

/**
 * Means and centred sums of two values that every unit of an arm has.
 *
 * @param n number of units
 * @param meanX mean of the first value
 * @param meanY mean of the second
 * @param m2X sum of squared deviations of the first
 * @param m2Y sum of squared deviations of the second
 * @param c2 sum of products of deviations
 */
record PairedSums(long n, double meanX, double meanY, double m2X, double m2Y, double c2) {
    private static final double ROUNDING = 1e-9;

    static PairedSums of(long n, double sumX, double sumY, double sumXX, double sumYY, double sumXY) {
        return new PairedSums(
                n,
                sumX / n,
                sumY / n,
                CentredSums.ofSquares(n, sumX, sumXX),
                CentredSums.ofSquares(n, sumY, sumYY),
                CentredSums.of(n, sumX, sumY, sumXY));
    }

    /** Whether the sums can have come from units; at least one unit must be there. */
    @Nullable
    Reason defect() {
        if (!Figures.finite(meanX, meanY, m2X, m2Y, c2)) {
            return Reason.NON_FINITE_INPUT;
        }
        double most = Math.sqrt(m2X) * Math.sqrt(m2Y);
        double rounding = ROUNDING * (Math.sqrt(square(meanX, m2X)) * Math.sqrt(square(meanY, m2Y)));
        return m2X < 0 || m2Y < 0 || Math.abs(c2) > most + rounding ? Reason.INVALID_INPUT : null;
    }

    private double square(double mean, double m2) {
        return m2 + n * mean * mean;
    }

    double varX() {
        return m2X / (n - 1) / n;
    }

    double varY() {
        return m2Y / (n - 1) / n;
    }

    double cov() {
        return c2 / (n - 1) / n;
    }

    /** Variance of the mean of {@code x - slope y}; 0 if what is left of the terms can be rounding only. */
    double varOfDifference(double slope) {
        double terms = varX() + slope * slope * varY();
        double variance = terms - 2 * slope * cov();
        return variance <= Thresholds.RESIDUAL_RATIO * terms ? 0 : variance;
    }

    /** The same with the values exchanged. */
    PairedSums exchanged() {
        return new PairedSums(n, meanY, meanX, m2Y, m2X, c2);
    }
}
