package dev.microlift.benchmarks.trials;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was measured.
 *
 * @param unit of measure; empty for a count or a ratio
 * @param bound what it must keep; null if it is only told
 */
record Figure(
        String name, double value, String unit, @Nullable Bound bound) {

    /** The same figure of a part of a run. */
    Figure of(String part) {
        return new Figure(part + name, value, unit, bound);
    }

    boolean holds() {
        return bound == null || bound.holds(value);
    }
}
