package dev.microlift.assignment;

/**
 * A half-open, non-empty range of buckets: {@code fromBucket} belongs to it, {@code toBucket} does not.
 *
 * @param fromBucket first bucket, 0 to 9999
 * @param toBucket bucket after the last one, at most 10000
 */
public record BucketRange(int fromBucket, int toBucket) {

    public BucketRange {
        if (fromBucket < 0 || toBucket > Bucketing.BUCKETS || fromBucket >= toBucket) {
            throw new IllegalArgumentException("not a range of buckets: [" + fromBucket + ", " + toBucket + ")");
        }
    }

    public boolean contains(int bucket) {
        return bucket >= fromBucket && bucket < toBucket;
    }

    /** Number of buckets. */
    public int width() {
        return toBucket - fromBucket;
    }

    /** The first bucket as a fraction of the space. */
    public double from() {
        return fromBucket / (double) Bucketing.BUCKETS;
    }

    /** The exclusive end as a fraction of the space. */
    public double to() {
        return toBucket / (double) Bucketing.BUCKETS;
    }
}
