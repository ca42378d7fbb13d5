package dev.microlift.openfeature;

/**
 * 64 bits that stand for a text: four characters at a time are mixed in with a multiplication and a shift, and the end
 * is the finalizer of MurmurHash3 (Appleby, public domain). Of n remembered fingerprints a new text meets one by
 * chance with probability n / 2^64: 7e-15 for 131,072.
 */
final class Fingerprint {

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private Fingerprint() {}

    /** Allocates nothing. */
    static long of(long seed, String text) {
        int length = text.length();
        long hash = seed ^ (length * MULTIPLIER);
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            long four = text.charAt(i)
                    | (long) text.charAt(i + 1) << 16
                    | (long) text.charAt(i + 2) << 32
                    | (long) text.charAt(i + 3) << 48;
            hash = mixed(hash, four);
        }
        long rest = 0;
        for (; i < length; i++) {
            rest = rest << 16 | text.charAt(i);
        }
        return finished(mixed(hash, rest));
    }

    private static long mixed(long hash, long four) {
        long product = (hash ^ four) * MULTIPLIER;
        return product ^ product >>> 32;
    }

    private static long finished(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
