package dev.microlift.stats;

/**
 * Sum of floating point numbers whose error does not grow with their number (Neumaier 1974). Added in the same order it
 * gives the same digits everywhere.
 */
public final class CompensatedSum {
    private double sum;
    private double lost;

    /** An empty sum. */
    public CompensatedSum() {}

    /** Adds a number. */
    public void add(double value) {
        double next = sum + value;
        lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
        sum = next;
    }

    /** The sum of all numbers added; not finite if one of them was not. */
    public double value() {
        return Double.isFinite(lost) ? sum + lost : sum;
    }
}
