package dev.microlift.openfeature;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The one bounded queue of messages, and the account of them. When it is full the newest message is dropped. */
final class Outbox {

    private final ArrayBlockingQueue<Outgoing> waiting;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong abandoned = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private volatile boolean closed;

    Outbox(int capacity) {
        waiting = new ArrayBlockingQueue<>(capacity);
    }

    /** The message's number among those that were accepted; 0 if it was dropped. Never waits. */
    long offer(Outgoing message) {
        if (closed || !waiting.offer(message)) {
            dropped.incrementAndGet();
            return 0;
        }
        return accepted.incrementAndGet();
    }

    @Nullable
    Outgoing poll() {
        return waiting.poll();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    long accepted() {
        return accepted.get();
    }

    /** How many of the accepted messages have come to their end, one way or another. */
    synchronized long settled() {
        return sent.get() + rejected.get() + abandoned.get();
    }

    synchronized void settle(int nowSent, int nowRejected) {
        sent.addAndGet(nowSent);
        rejected.addAndGet(nowRejected);
        notifyAll();
    }

    /** A message that cannot even be queued. */
    void reject() {
        accepted.incrementAndGet();
        settle(0, 1);
    }

    void retried() {
        retries.incrementAndGet();
    }

    /** Waits until so many messages are settled; false if time runs out first. */
    synchronized boolean awaitSettled(long messages, long deadline) throws InterruptedException {
        while (settled() < messages) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        return true;
    }

    /** Takes nothing any more. */
    void close() {
        closed = true;
    }

    /** Gives up what waits, and these messages that were being sent. */
    synchronized void abandon(int underway) {
        int lost = underway;
        while (waiting.poll() != null) {
            lost++;
        }
        abandoned.addAndGet(lost);
        notifyAll();
    }

    SendingStatistics statistics() {
        long lost = abandoned.get();
        long settled = sent.get() + rejected.get() + lost;
        return new SendingStatistics(
                Math.max(0, accepted.get() - settled), sent.get(), dropped.get() + lost, rejected.get(), retries.get());
    }
}
