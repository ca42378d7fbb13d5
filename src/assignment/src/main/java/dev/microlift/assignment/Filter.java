package dev.microlift.assignment;

import java.util.List;

/**
 * A bucket space shared by several experiments; a unit passes if its bucket lies in one of the ranges.
 *
 * @param kind what the space is for, and so what keeps a unit out
 * @param seed the space's own seed
 * @param ranges the buckets that pass
 */
public record Filter(Kind kind, String seed, List<BucketRange> ranges) {

    /** What a filter is for. */
    public enum Kind {
        /** The experiment owns part of a layer, so that it does not overlap its neighbours. */
        LAYER,
        /** Some units are kept out of all experiments. */
        HOLDOUT
    }

    public Filter {
        if (seed.isEmpty()) {
            throw new IllegalArgumentException("a seed must not be empty");
        }
        ranges = List.copyOf(ranges);
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("a filter that lets nobody pass");
        }
    }
}
