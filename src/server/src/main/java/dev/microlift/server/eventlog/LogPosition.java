package dev.microlift.server.eventlog;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Up to where something got in the log: one thread moves it on, any number of others wait for it, and the one can tell
 * whether anybody waits for more.
 */
public final class LogPosition {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Condition asked = lock.newCondition();
    private volatile long position;
    private long wanted;

    public LogPosition(long position) {
        this.position = position;
    }

    /** Where it is now. */
    public long now() {
        return position;
    }

    /** Moves it; whoever waited for it goes on. */
    public void moveTo(long reached) {
        lock.lock();
        try {
            position = reached;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits at most so long until it is at a position or beyond; false if it is not. */
    public boolean await(long until, Duration atMost) throws InterruptedException {
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

    /** Waits at most so long until somebody waits for more than is reached; false if nobody does. */
    public boolean awaitDemand(Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (wanted <= position && nanos > 0) {
                nanos = asked.awaitNanos(nanos);
            }
            return wanted > position;
        } finally {
            lock.unlock();
        }
    }
}
