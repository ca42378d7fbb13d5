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
     */
    record Hashed(String seed, BucketLayout layout, List<Filter> filters) implements Assignment {
        public Hashed {
            if (seed.isEmpty()) {
                throw new IllegalArgumentException("a seed must not be empty");
            }
            filters = List.copyOf(filters);
        }
    }

    /** Another tool assigns; only its exposures tell the arm. */
    record External() implements Assignment {}
}
