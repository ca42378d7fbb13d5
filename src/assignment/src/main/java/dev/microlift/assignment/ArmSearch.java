package dev.microlift.assignment;

import java.util.List;

/**
 * Finds the arm of a bucket. Nothing here branches on which arm it is: that is as random as units are, and a processor that
 * guesses it would be wrong as often as not, and lose what it did ahead.
 */
final class ArmSearch {

    /** The position of no arm: before the first one. */
    static final int NO_ARM = -1;

    private final int[] starts;
    private final int[] ends;

    /** @param ranges of the arms; they ascend and do not overlap */
    ArmSearch(List<BucketRange> ranges) {
        starts = ranges.stream().mapToInt(BucketRange::fromBucket).toArray();
        ends = ranges.stream().mapToInt(BucketRange::toBucket).toArray();
    }

    /** Index of the arm that owns the bucket, or {@link #NO_ARM}. */
    int armAt(int bucket) {
        int arm = NO_ARM;
        for (int start : starts) {
            // The sign as a number: 1 for an arm that starts at this bucket or before it.
            arm += (start - 1 - bucket) >>> 31;
        }
        return arm != NO_ARM && bucket < ends[arm] ? arm : NO_ARM;
    }
}
