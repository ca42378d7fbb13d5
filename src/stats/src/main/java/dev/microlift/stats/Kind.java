package dev.microlift.stats;

/** The kind of a metric: what one unit contributes. */
public enum Kind {
    /** 0 or 1: the unit did it or did not. */
    BINARY,
    /** A number: a count, a sum, a capped sum, a duration. */
    MEAN
}
