package dev.microlift.stats;

import org.apache.commons.math3.special.Gamma;

/** The chi-square law, accurate relative to the size of its upper tail. */
final class ChiSquare {

    private ChiSquare() {}

    static double upperTail(double x, double df) {
        return x <= 0 ? 1 : Math.min(1, Gamma.regularizedGammaQ(df / 2, x / 2, 1e-15, 100_000));
    }
}
