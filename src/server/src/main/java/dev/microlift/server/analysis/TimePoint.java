package dev.microlift.server.analysis;

import java.time.LocalDate;
import java.util.List;

/**
 * What was known at the end of a day: sums over all units up to it.
 *
 * @param day UTC; units come with the one on which their window closed, or, where there is none, with the one of their t0
 * @param arms with paths and values, in their order
 */
public record TimePoint(LocalDate day, List<ArmAtDay> arms) {

    public TimePoint {
        arms = List.copyOf(arms);
    }

    /**
     * One arm.
     *
     * @param n units known until the end of the day
     * @param paths the ways they went
     * @param values sum and sum of squares of each step's value
     */
    public record ArmAtDay(String variant, long n, List<Path> paths, List<ValueSums> values) {

        public ArmAtDay {
            paths = List.copyOf(paths);
            values = List.copyOf(values);
        }
    }

    /** Sums of one step's value over units. */
    public record ValueSums(double sum, double sumOfSquares) {}
}
