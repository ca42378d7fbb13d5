package dev.microlift.benchmarks.trials;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which batches were sent and which of them were acknowledged. What was not acknowledged may or may not have been kept;
 * once all of it was sent again and acknowledged, the store must have every batch exactly once.
 */
final class Ledger {

    private final AtomicLong next = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final Queue<Long> open = new ConcurrentLinkedQueue<>();

    /** A batch that was not acknowledged, if there is one, else a fresh one. */
    long openOrFresh() {
        Long again = open.poll();
        return again == null ? next.getAndIncrement() : again;
    }

    /** What became of a batch. */
    void settled(long batch, boolean isAcknowledged) {
        if (isAcknowledged) {
            acknowledged.incrementAndGet();
        } else {
            open.add(batch);
        }
    }

    /** How many batches were acknowledged so far. */
    long acknowledgedBatches() {
        return acknowledged.get();
    }

    /** How many different messages were sent so far. */
    long sentMessages() {
        return next.get() * ShopBatch.MESSAGES;
    }

    long acknowledgedMessages() {
        return acknowledged.get() * ShopBatch.MESSAGES;
    }

    /** How many batches still wait to be sent again. */
    long openBatches() {
        return open.size();
    }

    /** The next batch to send again; negative if none is left. */
    long pollOpen() {
        Long again = open.poll();
        return again == null ? -1 : again;
    }
}
