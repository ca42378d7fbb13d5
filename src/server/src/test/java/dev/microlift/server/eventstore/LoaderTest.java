package dev.microlift.server.eventstore;

import static dev.microlift.server.eventlog.SampleMessages.NOON;
import static dev.microlift.server.eventlog.SampleMessages.track;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.eventlog.LogBatch;
import dev.microlift.server.eventlog.LogPosition;
import dev.microlift.server.eventlog.MemoryEventLog;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoaderTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final MemoryEventLog log = new MemoryEventLog();
    private final LogPosition progress = new LogPosition(0);
    private final Tables tables = new Tables();
    private volatile boolean isRoom = true;
    private final CountDownLatch askedForRoomInVain = new CountDownLatch(1);
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private final Loader loader = new Loader(log, tables, this::isRoom, progress, batches::add);
    private final Thread thread = new Thread(loader);

    @AfterEach
    void stop() throws InterruptedException {
        loader.stop();
        thread.join();
    }

    private boolean isRoom() {
        if (!isRoom) {
            askedForRoomInVain.countDown();
        }
        return isRoom;
    }

    private static final class Tables implements LoadTarget {

        private final List<String> ids = new CopyOnWriteArrayList<>();
        private final CountDownLatch failedTwice = new CountDownLatch(2);
        private volatile boolean isBroken;
        private volatile boolean isUnsureOnce;

        @Override
        public long position() {
            return ids.size();
        }

        @Override
        public void load(LogBatch batch) throws SQLException {
            if (isBroken) {
                failedTwice.countDown();
                throw new SQLException("planted");
            }
            batch.messages().forEach(message -> ids.add(message.decoded().messageId()));
            if (isUnsureOnce) {
                isUnsureOnce = false;
                throw new SQLException("planted, though the commit came through");
            }
        }
    }

    @Test
    void whatTheLogHasAndWhatComesLaterIsLoadedInOrderAndToldToTheLog() throws InterruptedException {
        log.append(track("a"), track("b"));
        thread.start();
        assertThat(progress.await(2, LONG)).isTrue();
        log.append(track("c"));
        assertThat(progress.await(3, LONG)).isTrue();
        stop();

        assertThat(tables.ids).containsExactly("a", "b", "c");
        assertThat(batches).containsExactly(2, 1);
        assertThat(log.loadedPosition()).isEqualTo(3);
        assertThat(loader.state()).isEqualTo(Loader.State.STOPPED);
    }

    @Test
    void whatFailsIsTriedAgainUntilItIsIn() throws InterruptedException {
        tables.isBroken = true;
        log.append(track("a"), track("b"));
        thread.start();
        assertThat(tables.failedTwice.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(loader.state()).isEqualTo(Loader.State.FAILING);
        assertThat(loader.oldestWaiting()).contains(NOON);
        assertThat(progress.now()).isZero();

        tables.isBroken = false;

        assertThat(progress.await(2, LONG)).isTrue();
        assertThat(tables.ids).containsExactly("a", "b");
    }

    @Test
    void whatCameInThoughItWasToldAsFailedIsNotLoadedTwice() throws InterruptedException {
        tables.isUnsureOnce = true;
        log.append(track("a"), track("b"));
        thread.start();

        assertThat(progress.await(2, LONG)).isTrue();
        log.append(track("c"));
        assertThat(progress.await(3, LONG)).isTrue();
        assertThat(tables.ids).containsExactly("a", "b", "c");
    }

    @Test
    void itPausesWhileTheDiskIsNearlyFull() throws InterruptedException {
        isRoom = false;
        log.append(track("a"));
        thread.start();
        assertThat(askedForRoomInVain.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(progress.await(1, Duration.ofMillis(300))).isFalse();
        assertThat(loader.state()).isEqualTo(Loader.State.PAUSED);

        isRoom = true;

        assertThat(progress.await(1, LONG)).isTrue();
        assertThat(tables.ids).containsExactly("a");
    }

    @Test
    void itEndsAtOnceWhilePaused() throws InterruptedException {
        isRoom = false;
        log.append(track("a"));
        thread.start();
        assertThat(askedForRoomInVain.await(30, TimeUnit.SECONDS)).isTrue();

        loader.stop();
        thread.join(LONG.toMillis());

        assertThat(thread.isAlive()).isFalse();
        assertThat(tables.ids).isEmpty();
    }
}
