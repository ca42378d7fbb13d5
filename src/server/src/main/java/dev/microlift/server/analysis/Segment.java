package dev.microlift.server.analysis;

import java.util.List;

/**
 * Units that had the same attribute when they were first exposed.
 *
 * @param value {@link #NONE} where it is absent; what is too rare is together in {@link #OTHER}
 * @param exposedByVariant compared units, in the order of the arms
 * @param arms with paths and sums, without times
 */
public record Segment(String attribute, String value, List<Long> exposedByVariant, List<Arm> arms) {

    /** Stands for an absent attribute. */
    public static final String NONE = "(none)";

    /** Stands for all values beyond the most frequent ones. */
    public static final String OTHER = "(other)";

    /** How many values of an attribute are told apart. */
    public static final int MOST_VALUES = 50;

    public Segment {
        exposedByVariant = List.copyOf(exposedByVariant);
        arms = List.copyOf(arms);
    }
}
