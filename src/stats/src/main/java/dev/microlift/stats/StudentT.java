package dev.microlift.stats;

import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;

/**
 * Student's law with real degrees of freedom, accurate relative to the size of its tails.
 *
 * <p>Up to 10,000 degrees of freedom the incomplete beta function; above, where its argument nears 1 and loses digits,
 * the normal tail at Hill's transformed point (Hill 1970, <i>Algorithm 395: Student's t-distribution</i>), whose error
 * is below rounding there.
 */
final class StudentT {
    private static final double LARGE_DF = 1e4;

    private StudentT() {}

    static double upperTail(double t, double df) {
        if (t < 0) {
            return 1 - upperTail(-t, df);
        }
        if (df > LARGE_DF) {
            return Normal.upperTail(normalDeviate(t, df));
        }
        if (t < 1) {
            return 0.5 - 0.5 * Beta.regularizedBeta(t * t / (df + t * t), 0.5, df / 2);
        }
        return 0.5 * Beta.regularizedBeta(df / (df + t * t), df / 2, 0.5);
    }

    static double twoSidedP(double t, double df) {
        return Math.min(1, 2 * upperTail(Math.abs(t), df));
    }

    /** The {@code t} with {@code P(T > t) = q}; {@code t_{1-alpha/2}} is {@code upperQuantile(alpha / 2, df)}. */
    static double upperQuantile(double q, double df) {
        double logScale = logScale(df);
        return TailInverse.of(
                t -> upperTail(t, df), t -> Math.exp(logScale - (df + 1) / 2 * Math.log1p(t * t / df)), q);
    }

    /** Logarithm of the density at 0. */
    private static double logScale(double df) {
        if (df < 100) {
            return Gamma.logGamma((df + 1) / 2) - Gamma.logGamma(df / 2) - 0.5 * Math.log(Math.PI * df);
        }
        return -0.5 * Math.log(2 * Math.PI) - 0.25 / df;
    }

    private static double normalDeviate(double t, double df) {
        double a = df - 0.5;
        double b = 48 * a * a;
        double square = a * Math.log1p(t * t / df);
        double w = Math.sqrt(square);
        double second =
                (((4 * square + 33) * square + 240) * square + 855) * w / (10 * b * (b + 0.8 * square * square + 100));
        return w + (square + 3) * w / b - second;
    }
}
