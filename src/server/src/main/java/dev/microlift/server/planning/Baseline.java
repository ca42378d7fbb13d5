package dev.microlift.server.planning;

import org.jspecify.annotations.Nullable;

/**
 * What is known about a step before the test.
 *
 * @param rate share of the exposed units that reach the step
 * @param value the goal's value per exposed unit; null if it is not planned for
 */
record Baseline(double rate, @Nullable Value value) {

    /**
     * A value summed per unit, over all exposed units.
     *
     * @param sd its standard deviation between units
     */
    record Value(double mean, double sd) {}
}
