package dev.microlift.assignment;

import java.util.List;

/** Who decides which arm a unit gets. */
public sealed interface Assignment {

    /**
     * The unit's bucket under the seed decides.
     *
     * @param seed one per phase of an experiment, never shared: see {@link Bucketing#seedState(String)}
     * @param layout the buckets of each arm, in the order of the rule's arms
     * @param filters bucket spaces in which the unit must be, checked in this order
     * @param memory what is remembered of units, for rules that depend on it
     */
    record Hashed(String seed, BucketLayout layout, List<Filter> filters, UnitMemory memory) implements Assignment {
        public Hashed {
            if (seed.isEmpty()) {
                throw new IllegalArgumentException("a seed must not be empty");
            }
            filters = List.copyOf(filters);
        }

        /** A rule that depends on what is known at the time of asking alone. */
        public Hashed(String seed, BucketLayout layout, List<Filter> filters) {
            this(seed, layout, filters, UnitMemory.NONE);
        }
    }

    /** Another tool assigns; only its exposures tell the arm. */
    record External() implements Assignment {}
}
