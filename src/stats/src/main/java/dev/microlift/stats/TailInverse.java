package dev.microlift.stats;

import java.util.function.DoubleUnaryOperator;

/**
 * Quantile of a symmetric law from its upper tail: Newton steps on the logarithm of the tail inside a shrinking
 * bracket, so that far tails keep their relative accuracy and every start converges.
 */
final class TailInverse {
    private static final int MAX_STEPS = 3000;
    /** A Newton step this small doubles its correct digits once more, and is the last. */
    private static final double LAST_STEP = 1e-9;

    private TailInverse() {}

    static double of(DoubleUnaryOperator upperTail, DoubleUnaryOperator density, double q) {
        if (q > 0.5) {
            return -of(upperTail, density, 1 - q);
        }
        if (q == 0.5) {
            return 0;
        }
        double logQ = Math.log(q);
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double x = 1;
        for (int step = 0; step < MAX_STEPS; step++) {
            double tail = upperTail.applyAsDouble(x);
            double excess = Math.log(tail) - logQ;
            if (excess > 0) {
                low = x;
            } else {
                high = x;
            }
            double next = x + excess * tail / density.applyAsDouble(x);
            if (Math.abs(next - x) <= LAST_STEP * x) {
                return next;
            }
            if (!(next > low && next < high)) {
                next = high == Double.POSITIVE_INFINITY ? 2 * x : 0.5 * (low + high);
            }
            x = next;
        }
        return x;
    }
}
