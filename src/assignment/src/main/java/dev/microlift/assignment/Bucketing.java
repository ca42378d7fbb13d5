package dev.microlift.assignment;

import java.util.stream.IntStream;

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

    /** Ten to the number of digits that nearly every 32-bit number has at least. */
    private static final int TAIL = 10_000_000;

    /**
     * The hashes of 0 to 429, which is all that comes before those digits: how many there are of them is a branch that a
     * processor can only guess.
     */
    private static final int[] HEADS = IntStream.range(0, 430)
            .map(head -> feed(OFFSET_BASIS, Integer.toString(head)))
            .toArray();

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
        return Integer.remainderUnsigned(decimal(Integer.toUnsignedLong(first)), BUCKETS);
    }

    private static int feed(int state, String text) {
        int hash = state;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return hash;
    }

    /** The hash of a number's decimal digits. A division by a constant is only a multiplication. */
    private static int decimal(long number) {
        int head = (int) (number / TAIL);
        int tail = (int) (number % TAIL);
        return head == 0 ? feedFrom(leadingUnit(tail), OFFSET_BASIS, tail) : feedTail(HEADS[head], tail);
    }

    private static int feedTail(int state, int number) {
        int hash = feedDigit(state, number / 1_000_000);
        hash = feedDigit(hash, number / 100_000 % 10);
        hash = feedDigit(hash, number / 10_000 % 10);
        hash = feedDigit(hash, number / 1_000 % 10);
        hash = feedDigit(hash, number / 100 % 10);
        hash = feedDigit(hash, number / 10 % 10);
        return feedDigit(hash, number % 10);
    }

    private static int feedFrom(int unit, int state, int number) {
        int hash = state;
        for (int power = unit; power > 0; power /= 10) {
            hash = feedDigit(hash, number / power % 10);
        }
        return hash;
    }

    /** The power of ten that the first digit counts. */
    private static int leadingUnit(int number) {
        int power = 1;
        while (number / power >= 10) {
            power *= 10;
        }
        return power;
    }

    private static int feedDigit(int state, int digit) {
        return (state ^ ('0' + digit)) * PRIME;
    }
}
