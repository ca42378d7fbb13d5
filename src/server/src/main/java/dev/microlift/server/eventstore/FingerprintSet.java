package dev.microlift.server.eventstore;

/**
 * A set of fingerprints: open addressing in arrays of longs, between 21 and 43 bytes an entry. It is cut into parts by
 * the fingerprint's top bits, so that growing copies a small part at a time. All zero bits mark a free place; the one
 * fingerprint that looks so is remembered apart.
 */
final class FingerprintSet {

    private static final int PARTS = 64;
    private static final int FIRST_PLACES = 64;

    private final Part[] parts = new Part[PARTS];
    private boolean hasZero;

    FingerprintSet() {
        for (int i = 0; i < PARTS; i++) {
            parts[i] = new Part();
        }
    }

    /** False if it was there already. */
    boolean add(Fingerprint fingerprint) {
        if (isZero(fingerprint)) {
            boolean isNew = !hasZero;
            hasZero = true;
            return isNew;
        }
        return part(fingerprint).add(fingerprint.high(), fingerprint.low());
    }

    boolean contains(Fingerprint fingerprint) {
        if (isZero(fingerprint)) {
            return hasZero;
        }
        Part part = part(fingerprint);
        return part.isAt(part.find(fingerprint.high(), fingerprint.low()), fingerprint.high(), fingerprint.low());
    }

    private Part part(Fingerprint fingerprint) {
        return parts[(int) (fingerprint.high() >>> 58)];
    }

    private static boolean isZero(Fingerprint fingerprint) {
        return fingerprint.high() == 0 && fingerprint.low() == 0;
    }

    /** Places of two longs each, at most three quarters of them taken. */
    private static final class Part {

        private long[] places = new long[2 * FIRST_PLACES];
        private int size;

        boolean add(long high, long low) {
            int place = find(high, low);
            if (isAt(place, high, low)) {
                return false;
            }
            places[place] = high;
            places[place + 1] = low;
            size++;
            if (size * 8L > places.length * 3L) {
                grow();
            }
            return true;
        }

        boolean isAt(int place, long high, long low) {
            return places[place] == high && places[place + 1] == low;
        }

        /** Where it is, or the free place where it belongs. */
        int find(long high, long low) {
            int mask = places.length / 2 - 1;
            int place = (int) low & mask;
            while (!isFree(2 * place) && !isAt(2 * place, high, low)) {
                place = (place + 1) & mask;
            }
            return 2 * place;
        }

        private boolean isFree(int place) {
            return places[place] == 0 && places[place + 1] == 0;
        }

        private void grow() {
            long[] old = places;
            places = new long[Math.multiplyExact(2, old.length)];
            for (int i = 0; i < old.length; i += 2) {
                if (old[i] != 0 || old[i + 1] != 0) {
                    int place = find(old[i], old[i + 1]);
                    places[place] = old[i];
                    places[place + 1] = old[i + 1];
                }
            }
        }
    }
}
