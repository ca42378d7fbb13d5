package dev.microlift.server.eventlog;

import java.time.Duration;

/** Up to where the log is durable: one writer moves it on, any number of readers wait for it. */
final class LogEnd {

    private long position;

    LogEnd(long position) {
        this.position = position;
    }

    synchronized long position() {
        return position;
    }

    synchronized void advanceTo(long newPosition) {
        position = newPosition;
        notifyAll();
    }

    /** Waits a while until the log goes beyond a position; tells up to where it is durable then. */
    synchronized long awaitBeyond(long known, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        long left = atMost.toNanos();
        while (position <= known && left > 0) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
            left = deadline - System.nanoTime();
        }
        return position;
    }
}
