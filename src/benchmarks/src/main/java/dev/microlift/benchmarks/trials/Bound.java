package dev.microlift.benchmarks.trials;

/**
 * What a figure must keep.
 *
 * @param isLeast true if the figure may not be less than the limit, false if it may not be more
 */
record Bound(boolean isLeast, double limit) {

    static Bound atLeast(double limit) {
        return new Bound(true, limit);
    }

    static Bound atMost(double limit) {
        return new Bound(false, limit);
    }

    /** A figure that is not a number keeps nothing. */
    boolean holds(double value) {
        return isLeast ? value >= limit : value <= limit;
    }
}
