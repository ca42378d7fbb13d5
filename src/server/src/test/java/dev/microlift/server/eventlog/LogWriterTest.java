package dev.microlift.server.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogWriterTest {

    @TempDir
    private Path directory;

    private final LogPosition end = new LogPosition(0);
    private final AppendQueue queue = new AppendQueue(100, 1 << 20);
    private SegmentFolder folder;
    private FaultySegments segments;
    private KnownIds ids;
    private LogWriter writer;
    private Thread thread;

    @BeforeEach
    void start() throws Exception {
        folder = SegmentFolder.create(directory.resolve("log"));
        DiskSpace disk = DiskSpace.of(directory, OptionalLong.of(0));
        segments = new FaultySegments(folder, new SegmentSupply(folder, disk, 64 << 10));
        ids = KnownIds.open(directory.resolve("ids"), 1 << 20, Clock.systemUTC(), this::readAfter, end);
        writer = new LogWriter(segments, queue, ids, disk, end, new EventLogMeters(new SimpleMeterRegistry()));
        thread = new Thread(writer);
        thread.start();
    }

    private LogReader readAfter(long position) {
        return new SegmentLogReader(folder, end, new LongAdder(), position);
    }

    @AfterEach
    void stop() throws Exception {
        queue.close();
        thread.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(thread.isAlive()).isFalse();
        ids.close();
    }

    private CompletionStage<List<Receipt>> append(String... messageIds) {
        return queue.offer(EncodedMessages.of(
                Stream.of(messageIds).map(SampleMessages::track).toList()));
    }

    private static List<Receipt> outcome(CompletionStage<List<Receipt>> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static void assertRefused(CompletionStage<List<Receipt>> stage, ErrorCode code) {
        assertThatThrownBy(() -> outcome(stage))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.code()).isEqualTo(code);
                    assertThat(problem.retryAfter()).isPresent();
                });
    }

    private List<String> stored() throws InterruptedException {
        List<String> stored = new ArrayList<>();
        try (LogReader reader = readAfter(0)) {
            for (LogBatch batch = reader.next(10, Duration.ZERO);
                    !batch.isEmpty();
                    batch = reader.next(10, Duration.ZERO)) {
                batch.messages().forEach(message -> stored.add(message.decoded().messageId()));
            }
        }
        return stored;
    }

    @Test
    void aFailedWriteIsTakenBackAndItsIdsAreNotTakenForDuplicates() throws InterruptedException {
        outcome(append("a"));
        segments.failWritesAfterHalf = true;
        assertRefused(append("b", "c"), ErrorCode.UNAVAILABLE);

        segments.failWritesAfterHalf = false;

        assertThat(outcome(append("b", "c"))).containsExactly(Receipt.STORED, Receipt.STORED);
        assertThat(stored()).containsExactly("a", "b", "c");
        assertThat(writer.state()).isEqualTo(LogWriter.State.WRITING);
    }

    @Test
    void aFullDiskIsToldAsSuchAndTheWriterFindsOutByItselfThatThereIsRoomAgain() throws Exception {
        segments.full = true;
        assertRefused(append("a"), ErrorCode.STORAGE_FULL);
        assertThat(writer.state()).isEqualTo(LogWriter.State.FULL);

        segments.full = false;

        assertThat(segments.roomMade.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(outcome(append("a"))).containsExactly(Receipt.STORED);
    }

    @Test
    void afterADiskThatDidNotConfirmNothingIsAcknowledgedAnyMoreUntilARestart() throws Exception {
        outcome(append("a"));
        segments.failSyncs = true;
        assertRefused(append("b"), ErrorCode.UNAVAILABLE);

        segments.failSyncs = false;

        assertRefused(append("b"), ErrorCode.UNAVAILABLE);
        assertThat(writer.state()).isEqualTo(LogWriter.State.BROKEN);
        assertThat(segments.syncsAfterFailure).hasValue(0);
        assertThat(LogRecovery.of(folder).lastPosition())
                .as("what a restart finds")
                .isEqualTo(1);
    }

    @Test
    void aWriteThatCannotBeTakenBackEndsWritingToo() {
        outcome(append("a"));
        segments.failWritesAfterHalf = true;
        segments.failToTakeBack = true;
        assertRefused(append("b"), ErrorCode.UNAVAILABLE);

        segments.failWritesAfterHalf = false;
        segments.failToTakeBack = false;

        assertRefused(append("b"), ErrorCode.UNAVAILABLE);
        assertThat(writer.state()).isEqualTo(LogWriter.State.BROKEN);
    }

    /** Files that fail when told to. */
    private static final class FaultySegments extends SegmentWriter {

        final CountDownLatch roomMade = new CountDownLatch(1);
        volatile boolean full;
        volatile boolean failWritesAfterHalf;
        volatile boolean failSyncs;
        volatile boolean failToTakeBack;
        final AtomicInteger syncsAfterFailure = new AtomicInteger();
        private boolean syncFailed;

        FaultySegments(SegmentFolder folder, SegmentSupply supply) {
            super(folder, supply);
        }

        @Override
        void makeRoom(long bytes, long firstPosition) throws IOException, InterruptedException {
            if (full) {
                throw new DiskSpace.DiskFullException("planted");
            }
            super.makeRoom(bytes, firstPosition);
            roomMade.countDown();
        }

        @Override
        void write(ByteBuffer frame) throws IOException {
            if (failWritesAfterHalf) {
                super.write(frame.slice(0, frame.remaining() / 2));
                throw new IOException("planted");
            }
            super.write(frame);
        }

        @Override
        void sync() throws SyncFailedException {
            if (failSyncs) {
                syncFailed = true;
                throw new SyncFailedException(new IOException("planted"));
            }
            syncsAfterFailure.addAndGet(syncFailed ? 1 : 0);
            super.sync();
        }

        @Override
        void abandon() throws IOException {
            if (failToTakeBack) {
                throw new IOException("planted");
            }
            super.abandon();
        }
    }
}
