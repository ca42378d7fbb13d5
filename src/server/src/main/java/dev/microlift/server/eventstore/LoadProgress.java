package dev.microlift.server.eventstore;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The loaded position, for those who wait until it is far enough. */
final class LoadProgress {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Condition asked = lock.newCondition();
    private long position;
    private long wanted;

    LoadProgress(long position) {
        this.position = position;
    }

    long position() {
        lock.lock();
        try {
            return position;
        } finally {
            lock.unlock();
        }
    }

    void reach(long loaded) {
        lock.lock();
        try {
            position = loaded;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits at most so long until all up to a position is loaded; false if it is not. */
    boolean await(long until, Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            wanted = Math.max(wanted, until);
            asked.signalAll();
            while (position < until && nanos > 0) {
                nanos = moved.awaitNanos(nanos);
            }
            return position >= until;
        } finally {
            lock.unlock();
        }
    }

    /** Waits at most so long until somebody waits for more than is loaded. */
    void awaitDemand(Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (wanted <= position && nanos > 0) {
                nanos = asked.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }
}
