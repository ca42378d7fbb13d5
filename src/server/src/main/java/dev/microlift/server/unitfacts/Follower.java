package dev.microlift.server.unitfacts;

import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.LogBatch;
import dev.microlift.server.eventlog.LogReader;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Reads the log from where the facts stand, for as long as anybody wants facts. */
final class Follower implements Runnable {

    private static final Logger LOG = Logger.getLogger(Follower.class);
    /** Few, so that whoever waits for the last message does not wait for many. */
    private static final int AT_ONCE = 2_000;

    private static final Duration LOG_WAIT = Duration.ofMillis(200);
    private static final Duration RETRY_EVERY = Duration.ofSeconds(1);

    private final EventLog log;
    private final Target target;
    private long position;
    private boolean failing;
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** Where the messages go. */
    interface Target {

        /** The position to read after. */
        long position();

        boolean isWanted();

        /** Takes messages in; the position is the last one's then. */
        void take(LogBatch batch);
    }

    Follower(EventLog log, Target target) {
        this.log = log;
        this.target = target;
    }

    /** Tells that the target's wishes or position changed. */
    synchronized void wake() {
        position = target.position();
        notifyAll();
    }

    synchronized void stop() {
        stopping.countDown();
        notifyAll();
    }

    /** Whether all up to a position was taken in. */
    synchronized boolean isThrough(long wanted) {
        return position >= wanted;
    }

    /** Waits at most so long until all up to a position was taken in; not at all while taking in fails. */
    synchronized boolean awaitThrough(long wanted, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (position < wanted && !failing && !isStopping()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return position >= wanted;
    }

    @Override
    public void run() {
        try {
            while (awaitWish()) {
                follow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean awaitWish() throws InterruptedException {
        while (!isStopping() && !target.isWanted()) {
            wait();
        }
        return !isStopping();
    }

    private void follow() throws InterruptedException {
        try (LogReader reader = log.readAfter(target.position())) {
            while (!isStopping() && target.isWanted()) {
                LogBatch batch = reader.next(AT_ONCE, LOG_WAIT);
                if (!batch.isEmpty()) {
                    target.take(batch);
                    reach(batch.lastPosition());
                }
            }
        } catch (RuntimeException failure) {
            fail(failure);
            stopping.await(RETRY_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private synchronized void reach(long taken) {
        position = Math.max(position, taken);
        if (failing) {
            LOG.info("facts about units follow the log again");
            failing = false;
        }
        notifyAll();
    }

    private synchronized void fail(RuntimeException why) {
        if (!failing) {
            LOG.error("facts about units do not follow the log; it is tried again", why);
            failing = true;
            notifyAll();
        }
    }
}
