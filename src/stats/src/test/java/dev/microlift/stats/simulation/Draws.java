package dev.microlift.stats.simulation;

import java.util.SplittableRandom;
import org.apache.commons.math3.special.Gamma;

/** Random counts and numbers from one seed. */
final class Draws {
    private static final double INVERSION_LIMIT = 10;

    private final SplittableRandom random;

    Draws(long seed) {
        this.random = new SplittableRandom(seed);
    }

    double uniform() {
        return random.nextDouble();
    }

    double exponential() {
        return -Math.log1p(-random.nextDouble());
    }

    /**
     * Conversions of {@code n} units of rate {@code p}: by inversion if few, else by Hörmann's transformed rejection
     * (Hörmann 1993, <i>The generation of binomial random variates</i>).
     */
    long binomial(long n, double p) {
        if (p > 0.5) {
            return n - binomial(n, 1 - p);
        }
        if (n == 0 || p <= 0) {
            return 0;
        }
        return n * p < INVERSION_LIMIT ? byInversion(n, p) : byRejection(n, p);
    }

    private long byInversion(long n, double p) {
        double odds = p / (1 - p);
        double probability = Math.exp(n * Math.log1p(-p));
        double u = random.nextDouble();
        long k = 0;
        while (u > probability && k < n) {
            u -= probability;
            k++;
            probability *= odds * (n - k + 1) / k;
        }
        return k;
    }

    private long byRejection(long n, double p) {
        double q = 1 - p;
        double sd = Math.sqrt(n * p * q);
        double b = 1.15 + 2.53 * sd;
        double a = -0.0873 + 0.0248 * b + 0.01 * p;
        double centre = n * p + 0.5;
        double squeeze = 0.92 - 4.2 / b;
        double alpha = (2.83 + 5.1 / b) * sd;
        double logOdds = Math.log(p / q);
        double mode = Math.floor((n + 1) * p);
        double atMode = Gamma.logGamma(mode + 1) + Gamma.logGamma(n - mode + 1);
        while (true) {
            double u = random.nextDouble() - 0.5;
            double v = random.nextDouble();
            double us = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / us + b) * u + centre);
            if (us >= 0.07 && v <= squeeze) {
                return (long) k;
            }
            if (k >= 0 && k <= n) {
                double height = Math.log(v * alpha / (a / (us * us) + b));
                double ratio = atMode - Gamma.logGamma(k + 1) - Gamma.logGamma(n - k + 1) + (k - mode) * logOdds;
                if (height <= ratio) {
                    return (long) k;
                }
            }
        }
    }
}
