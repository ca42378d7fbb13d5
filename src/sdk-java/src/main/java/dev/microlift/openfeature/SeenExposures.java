package dev.microlift.openfeature;

import dev.microlift.assignment.payload.ExposureMemory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Predicate;

/**
 * Remembers which exposures were recorded, as {@linkplain Fingerprint fingerprints}, in bounded memory and without
 * locks. There are two generations, each an open-addressing table that is at most half full: when the younger is full
 * it becomes the older one, and what the older one held is forgotten. So at least the bound is remembered and at most
 * twice the bound. What is forgotten is sent again, and counts once all the same: a report takes a unit's first exposure.
 */
final class SeenExposures implements ExposureMemory {

    private static final long EMPTY = 0;
    /** Takes the place of what was taken back; an exposure has this fingerprint with probability 2^-64. */
    private static final long REMOVED = 1;

    private final int bound;
    private volatile Generations generations;

    SeenExposures(int bound) {
        this.bound = bound;
        this.generations = new Generations(new Table(bound), new Table(0));
    }

    @Override
    public Predicate<String> exposedTo(String experiment, String seed, String arm) {
        long start = new ExposureKind(experiment, seed, arm).seed();
        return unit -> contains(Fingerprint.of(start, unit));
    }

    /** Allocates nothing. */
    boolean contains(long fingerprint) {
        Generations now = generations;
        long entry = entry(fingerprint);
        return now.younger.contains(entry) || now.older.contains(entry);
    }

    /** Whether it was not there yet; of several threads exactly one gets true. */
    boolean add(long fingerprint) {
        Generations now = generations;
        long entry = entry(fingerprint);
        if (now.younger.contains(entry) || now.older.contains(entry) || !now.younger.add(entry)) {
            return false;
        }
        if (now.younger.size.incrementAndGet() == bound) {
            generations = new Generations(new Table(bound), now.younger);
        }
        return true;
    }

    /** Takes back what was added and then could not be recorded. */
    void remove(long fingerprint) {
        Generations now = generations;
        long entry = entry(fingerprint);
        now.younger.remove(entry);
        now.older.remove(entry);
    }

    private static long entry(long fingerprint) {
        return fingerprint == EMPTY || fingerprint == REMOVED ? fingerprint + 2 : fingerprint;
    }

    private record Generations(Table younger, Table older) {}

    private static final class Table {

        private final AtomicLongArray slots;
        private final int mask;
        /** What was ever added, also what was removed again: its slot stays used. */
        private final AtomicInteger size = new AtomicInteger();

        /** The smallest power of two that is at least twice the bound. */
        Table(int bound) {
            slots = new AtomicLongArray(bound == 0 ? 1 : Integer.highestOneBit(2 * bound - 1) * 2);
            mask = slots.length() - 1;
        }

        boolean contains(long entry) {
            int at = (int) entry & mask;
            for (int probes = 0; probes <= mask; probes++) {
                long there = slots.get(at);
                if (there == entry) {
                    return true;
                }
                if (there == EMPTY) {
                    return false;
                }
                at = at + 1 & mask;
            }
            return false;
        }

        boolean add(long entry) {
            int at = (int) entry & mask;
            for (int probes = 0; probes <= mask; probes++) {
                long there = slots.get(at);
                if (there == EMPTY && slots.compareAndSet(at, EMPTY, entry)) {
                    return true;
                }
                if (slots.get(at) == entry) {
                    return false;
                }
                at = at + 1 & mask;
            }
            return false;
        }

        void remove(long entry) {
            int at = (int) entry & mask;
            for (int probes = 0; probes <= mask && slots.get(at) != EMPTY; probes++) {
                slots.compareAndSet(at, entry, REMOVED);
                at = at + 1 & mask;
            }
        }
    }
}
