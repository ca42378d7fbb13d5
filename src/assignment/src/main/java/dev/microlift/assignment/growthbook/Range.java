package dev.microlift.assignment.growthbook;

import java.util.List;

/** A half-open part of the space of buckets, as fractions; unlike our own ranges not on a grid, and possibly empty. */
record Range(double from, double to) {

    private static final int NONE = -1;

    boolean contains(double bucket) {
        return bucket >= from && bucket < to;
    }

    static boolean anyContains(List<Range> ranges, double bucket) {
        return indexOf(ranges, bucket) != NONE;
    }

    /** Position of the first range with the bucket, or -1. */
    static int indexOf(List<Range> ranges, double bucket) {
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).contains(bucket)) {
                return i;
            }
        }
        return NONE;
    }
}
