package dev.microlift.assignment.growthbook;

import dev.microlift.assignment.Bucketing;
import java.util.OptionalDouble;

/**
 * A seed and the way units are hashed under it.
 *
 * @param version 1 or 2; under any other nobody has a bucket
 */
record HashSpace(String seed, int version) {

    private static final int VERSION_1_BUCKETS = 1_000;

    /**
     * The unit's bucket as a fraction.
     *
     * <p>Version 1 is one round of FNV-1a over value and seed on a grid of 1,000. It is biased and correlates
     * experiments, so it is only ever read, never made.
     */
    OptionalDouble bucketOf(String value) {
        return switch (version) {
            case 1 -> {
                int state = Bucketing.seedState(value + seed);
                yield OptionalDouble.of(
                        Integer.remainderUnsigned(state, VERSION_1_BUCKETS) / (double) VERSION_1_BUCKETS);
            }
            case 2 -> OptionalDouble.of(Bucketing.hash(seed, value));
            default -> OptionalDouble.empty();
        };
    }
}
