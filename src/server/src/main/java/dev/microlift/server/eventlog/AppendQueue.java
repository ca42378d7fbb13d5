package dev.microlift.server.eventlog;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What waits for the writer, bounded by messages and bytes. What is being written still counts as waiting. */
final class AppendQueue {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final int maxMessages;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition roomMade = lock.newCondition();
    private final Queue<Entry> entries = new ArrayDeque<>();
    private int messages;
    private long bytes;
    private boolean closed;
    private boolean isWaitedFor;
    private long waitedForSince;

    AppendQueue(int maxMessages, long maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** What one caller appended. */
    record Entry(EncodedMessages messages, CompletableFuture<List<Receipt>> outcome) {

        int count() {
            return messages.count();
        }

        long bytes() {
            return messages.size();
        }
    }

    CompletionStage<List<Receipt>> offer(EncodedMessages appended) {
        Entry entry = new Entry(appended, new CompletableFuture<>());
        lock.lock();
        try {
            Optional<ProblemException> refusal = refusal(entry.count(), entry.bytes());
            if (refusal.isPresent()) {
                return CompletableFuture.failedFuture(refusal.get());
            }
            entries.add(entry);
            messages += entry.count();
            bytes += entry.bytes();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return entry.outcome();
    }

    private Optional<ProblemException> refusal(int count, long size) {
        if (closed) {
            return Optional.of(ProblemException.retry(ErrorCode.UNAVAILABLE, "the server is stopping", RETRY_AFTER));
        }
        return messages > 0 && (messages + count > maxMessages || bytes + size > maxBytes)
                ? Optional.of(ProblemException.retry(
                        ErrorCode.TOO_MANY_REQUESTS, "too many messages wait to be stored", RETRY_AFTER))
                : Optional.empty();
    }

    /**
     * Waits for room for so many messages, but no longer than until no room was made for so long.
     *
     * @return what they would be refused with; empty if there is room
     */
    Optional<ProblemException> awaitRoom(int count, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Optional<ProblemException> refusal = refusal(count, 0);
            while (refusal.isPresent() && !closed && roomMade.awaitNanos(patience(atMost)) > 0) {
                refusal = refusal(count, 0);
            }
            return refusal;
        } finally {
            lock.unlock();
        }
    }

    /** How long to wait yet. The time runs from when the first one had to wait, for all who wait. */
    private long patience(Duration atMost) {
        if (!isWaitedFor) {
            isWaitedFor = true;
            waitedForSince = System.nanoTime();
        }
        return atMost.toNanos() - (System.nanoTime() - waitedForSince);
    }

    /**
     * Takes everything that waits, up to about so many messages and bytes; waits for something at most so long.
     *
     * @return empty if nothing came in time, or nothing will ever come again
     */
    List<Entry> take(int atMostMessages, long atMostBytes, Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (entries.isEmpty() && !closed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            List<Entry> taken = new ArrayList<>();
            int count = 0;
            long size = 0;
            while (!entries.isEmpty()) {
                Entry entry = entries.element();
                count += entry.count();
                size += entry.bytes();
                if (!taken.isEmpty() && (count > atMostMessages || size > atMostBytes)) {
                    break;
                }
                taken.add(entries.remove());
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Makes room for others once a taken entry is through. */
    void release(List<Entry> done) {
        lock.lock();
        try {
            for (Entry entry : done) {
                messages -= entry.count();
                bytes -= entry.bytes();
            }
            isWaitedFor = false;
            roomMade.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing in any more; what waits can still be taken out. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            roomMade.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isDrained() {
        lock.lock();
        try {
            return closed && entries.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** How many messages wait or are being written. */
    int depth() {
        lock.lock();
        try {
            return messages;
        } finally {
            lock.unlock();
        }
    }
}
