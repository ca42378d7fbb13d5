package dev.microlift.server.eventlog;

import java.util.Arrays;

/** Fingerprints of message ids, as many as there are. */
final class FingerprintList {

    private long[] halves = new long[64];
    private int size;

    void add(long high, long low) {
        if (2 * size == halves.length) {
            halves = Arrays.copyOf(halves, 2 * halves.length);
        }
        halves[2 * size] = high;
        halves[2 * size + 1] = low;
        size++;
    }

    int size() {
        return size;
    }

    long high(int index) {
        return halves[2 * index];
    }

    long low(int index) {
        return halves[2 * index + 1];
    }

    void forEach(IdIndex.Visitor visitor) {
        for (int i = 0; i < size; i++) {
            visitor.visit(high(i), low(i));
        }
    }
}
