package dev.microlift.assignment;

/**
 * Turns a unit id into a bucket: FNV-1a with 32 bits, applied twice, over UTF-16 code units.
 *
 * <p>With {@code fnv} the FNV-1a hash of a text as an unsigned number, the bucket is
 * {@code fnv(decimal(fnv(seed + value))) mod 10000}. This is "hash version 2" of the published GrowthBook SDK
 * specification, so that its SDKs and ours agree. The second round removes the correlation between experiments that a
 * single FNV round has. The remainder's bias is below 2.4e-6 per bucket (2^32 is not a multiple of 10,000).
 *
 * <p><b>Changing anything here moves every unit of every running experiment.</b>
 */
public final class Bucketing {

    /** Number of buckets: the grid on which all ranges lie. */
    public static final int BUCKETS = 10_000;

    private static final int OFFSET_BASIS = 0x811c9dc5;
    private static final int PRIME = 0x01000193;
    private static final long HIGHEST_DECIMAL_PLACE = 1_000_000_000L;

    private Bucketing() {}

    /** The bucket of a unit under a seed, as a fraction: 0, 0.0001, … 0.9999. */
    public static double hash(String seed, String value) {
        return bucket(seed, value) / (double) BUCKETS;
    }

    /** The bucket of a unit under a seed: 0 to 9999. Allocates nothing. */
    public static int bucket(String seed, String value) {
        return bucketFrom(seedState(seed), value);
    }

    /**
     * The hash state after the seed. Two seeds with the same state put every unit into the same bucket, so experiments
     * must not share one.
     */
    public static int seedState(String seed) {
        return feed(OFFSET_BASIS, seed);
    }

    /** The bucket of a unit, continuing from {@link #seedState(String)}: saves hashing the seed for each unit. */
    public static int bucketFrom(int seedState, String value) {
        int second = feedDecimal(OFFSET_BASIS, Integer.toUnsignedLong(feed(seedState, value)));
        return Integer.remainderUnsigned(second, BUCKETS);
    }

    private static int feed(int state, String text) {
        int hash = state;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return hash;
    }

    private static int feedDecimal(int state, long number) {
        long place = HIGHEST_DECIMAL_PLACE;
        while (place > 1 && number < place) {
            place /= 10;
        }
        int hash = state;
        for (; place > 0; place /= 10) {
            hash = (hash ^ (int) ('0' + number / place % 10)) * PRIME;
        }
        return hash;
    }
}
