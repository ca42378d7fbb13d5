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
        return bucketOf(feed(seedState, value));
    }

    /**
     * The buckets of a unit under many seeds, in their order. They are hashed character by character, not seed by seed:
     * no seed's hash needs another's, so that the processor works on several at once.
     */
    public static int[] bucketsFrom(int[] seedStates, String value) {
        int[] hashes = seedStates.clone();
        for (int i = 0; i < value.length(); i++) {
            char unit = value.charAt(i);
            for (int seed = 0; seed < hashes.length; seed++) {
                hashes[seed] = (hashes[seed] ^ unit) * PRIME;
            }
        }
        for (int seed = 0; seed < hashes.length; seed++) {
            hashes[seed] = bucketOf(hashes[seed]);
        }
        return hashes;
    }

    /** @param first the hash of seed and unit */
    private static int bucketOf(int first) {
        return Integer.remainderUnsigned(feedDecimal(OFFSET_BASIS, Integer.toUnsignedLong(first)), BUCKETS);
    }

    private static int feed(int state, String text) {
        int hash = state;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return hash;
    }

    /** Digits come out of halves of five, because a division by a constant is only a multiplication. */
    private static int feedDecimal(int state, long number) {
        int upper = (int) (number / 100_000);
        int lower = (int) (number % 100_000);
        return upper == 0 ? feedUpToFive(state, lower) : feedFive(feedUpToFive(state, upper), lower);
    }

    private static int feedFive(int state, int number) {
        int hash = feedDigit(state, number / 10_000);
        hash = feedDigit(hash, number / 1_000 % 10);
        hash = feedDigit(hash, number / 100 % 10);
        hash = feedDigit(hash, number / 10 % 10);
        return feedDigit(hash, number % 10);
    }

    /** Without leading zeros. */
    private static int feedUpToFive(int state, int number) {
        int hash = number >= 10_000 ? feedDigit(state, number / 10_000) : state;
        hash = number >= 1_000 ? feedDigit(hash, number / 1_000 % 10) : hash;
        hash = number >= 100 ? feedDigit(hash, number / 100 % 10) : hash;
        hash = number >= 10 ? feedDigit(hash, number / 10 % 10) : hash;
        return feedDigit(hash, number % 10);
    }

    private static int feedDigit(int state, int digit) {
        return (state ^ ('0' + digit)) * PRIME;
    }
}
