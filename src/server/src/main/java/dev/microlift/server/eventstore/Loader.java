package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.LogBatch;
import dev.microlift.server.eventlog.LogPosition;
import dev.microlift.server.eventlog.LogReader;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows the log and fills the tables. The position moves in the transaction that adds the rows, so every message is
 * loaded exactly once, whenever the process ends.
 *
 * <p>A failure loses nothing, the log has it all: the same messages are tried again until they are in.
 */
final class Loader implements Runnable {

    /** Whether what is in the log comes into the tables. */
    enum State {
        /** The last messages came in. */
        LOADING,
        /** The last messages did not come in; they are tried again. */
        FAILING,
        /** The disk is nearly full; loading goes on by itself when there is room. */
        PAUSED,
        /** Nothing is loaded until a restart. */
        STOPPED
    }

    private static final Logger LOG = Logger.getLogger(Loader.class);

    /** What the database calls a row group: so many rows it writes once, straight into the tables, fewer twice. */
    private static final int MANY = 122_880;
    /** After a failure: many may have been too many. */
    private static final int FEW = 500;

    private static final Duration LOG_WAIT = Duration.ofMillis(200);
    /** How long messages are gathered when nobody waits for them: few transactions cost less than many. */
    private static final Duration GATHER = Duration.ofSeconds(1);

    private static final Duration LOOK = Duration.ofMillis(50);

    private static final Duration RETRY_EVERY = Duration.ofSeconds(1);

    private final EventLog log;
    private final LoadTarget target;
    private final FreeSpace space;
    private final LogPosition progress;
    private final IntConsumer batches;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile State state = State.LOADING;
    private volatile @Nullable Instant oldestWaiting;

    /** @param batches is told how many messages were loaded at once */
    Loader(EventLog log, LoadTarget target, FreeSpace space, LogPosition progress, IntConsumer batches) {
        this.log = log;
        this.target = target;
        this.space = space;
        this.progress = progress;
        this.batches = batches;
    }

    State state() {
        return state;
    }

    /** When the oldest of the messages that are being loaded was received. */
    Optional<Instant> oldestWaiting() {
        return Optional.ofNullable(oldestWaiting);
    }

    /** Ends {@link #run} after what is being loaded; the rest stays in the log. */
    void stop() {
        stopping.countDown();
    }

    @Override
    public void run() {
        try {
            while (!isStopping()) {
                follow();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            state = State.STOPPED;
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void follow() throws InterruptedException {
        try {
            progress.moveTo(target.position());
            read();
        } catch (SQLException | RuntimeException | OutOfMemoryError failure) {
            change(State.FAILING, failure);
            stopping.await(RETRY_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void read() throws SQLException, InterruptedException {
        try (LogReader reader = log.readAfter(progress.now())) {
            while (!isStopping()) {
                LogBatch batch = reader.next(state == State.FAILING ? FEW : MANY, LOG_WAIT);
                if (batch.lastPosition() > progress.now()) {
                    oldestWaiting = batch.isEmpty()
                            ? null
                            : Instant.ofEpochMilli(batch.messages().get(0).receivedMillis());
                    load(batch);
                }
                gather();
            }
        }
    }

    private void gather() throws InterruptedException {
        long end = System.nanoTime() + GATHER.toNanos();
        boolean isWanted = false;
        while (!isWanted && log.lastPosition() - progress.now() < MANY && System.nanoTime() < end && !isStopping()) {
            isWanted = progress.awaitDemand(LOOK);
        }
    }

    private void load(LogBatch batch) throws SQLException, InterruptedException {
        while (!space.isEnough()) {
            change(State.PAUSED, null);
            if (stopping.await(RETRY_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
        target.load(batch);
        progress.moveTo(batch.lastPosition());
        oldestWaiting = null;
        change(State.LOADING, null);
        batches.accept(batch.messages().size());
        log.loaded(batch.lastPosition());
    }

    private void change(State next, @Nullable Throwable why) {
        if (state != next) {
            state = next;
            if (next == State.LOADING) {
                LOG.info("events are loaded again");
            } else {
                LOG.errorf(why, "events are not loaded (%s); the log keeps them", next);
            }
        }
    }
}
