package dev.microlift.server.eventlog;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * The log in files on this machine's disk: frames under checksums, one writer, one sync for all who wait.
 *
 * <p>The data directory is locked by the process, so this is the only log on its files.
 */
public final class SegmentedEventLog implements EventLog {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** Some ten times as long as a write takes that waits for a slow disk. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    /** Smallest part of a disk that a file may take. */
    private static final int SEGMENTS_PER_DISK = 32;

    /** How long the ids in a file may still be asked for, and a day for clocks that are set. */
    private static final Duration KEPT = Duration.ofDays(EventLog.DUPLICATE_DAYS + 1L);

    private final SegmentFolder folder;
    private final SegmentSupply supply;
    private final SegmentWriter segments;
    private final KnownIds ids;
    private final Object rewriting = new Object();
    private final Screen screen = new Screen();
    private final AppendQueue queue;
    private final LogPosition end;
    private final LogWriter writer;
    private final Thread thread;
    private final Clock clock;
    private final EventLogMeters meters;
    private final long cutBytes;
    private final long maxBehind;
    private volatile long loaded;

    private SegmentedEventLog(Path directory, EventLogSettings settings, Clock clock, MeterRegistry registry)
            throws IOException, InterruptedException {
        this.clock = clock;
        this.meters = new EventLogMeters(registry);
        this.folder = SegmentFolder.create(directory.resolve("log"));
        DiskSpace disk = DiskSpace.of(folder.path(), settings.reserveBytes());
        LogRecovery recovery = LogRecovery.of(folder);
        this.cutBytes = recovery.cutBytes();
        this.end = new LogPosition(recovery.lastPosition());
        this.loaded = recovery.lastPosition();
        this.maxBehind = settings.maxBehind();
        this.supply = new SegmentSupply(
                folder, disk, Math.min(settings.segmentBytes(), disk.totalBytes() / SEGMENTS_PER_DISK));
        this.segments = new SegmentWriter(folder, supply);
        this.queue = new AppendQueue(settings.queueMessages(), settings.queueBytes());
        this.ids = KnownIds.open(
                directory.resolve("ids"),
                settings.idMemoryBytes().orElseGet(MessageIds::usualMemoryBytes),
                clock,
                this::readWhatIsLeftAfter,
                end);
        this.writer = new LogWriter(segments, queue, ids, disk, end, meters);
        this.thread = new Thread(writer, "event-log-writer");
        thread.setDaemon(true);
    }

    /**
     * Opens the log in a data directory, making it if it is absent, and starts to write.
     *
     * @throws UncheckedIOException if its files cannot be read or made
     */
    public static SegmentedEventLog open(
            Path directory, EventLogSettings settings, Clock clock, MeterRegistry registry) {
        try {
            SegmentedEventLog log = new SegmentedEventLog(directory, settings, clock, registry);
            log.meters.watch(log);
            log.supply.prepare();
            log.thread.start();
            return log;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot open the log in " + directory, failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while opening the log", stopping);
        }
    }

    @Override
    public CompletionStage<List<Receipt>> append(List<Message> messages) {
        if (messages.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        if (isTooFarBehind()) {
            return CompletableFuture.failedFuture(tooFarBehind());
        }
        return screen.pass(messages, taken -> queue.offer(EncodedMessages.of(taken)));
    }

    @Override
    public Optional<ProblemException> awaitRoom(int messages) throws InterruptedException {
        return isTooFarBehind() ? Optional.of(tooFarBehind()) : queue.awaitRoom(messages, PATIENCE);
    }

    private boolean isTooFarBehind() {
        return end.now() - loaded > maxBehind;
    }

    private static ProblemException tooFarBehind() {
        return ProblemException.retry(ErrorCode.TOO_MANY_REQUESTS, "too many messages wait to be loaded", RETRY_AFTER);
    }

    @Override
    public void refuse(Predicate<Message> messages) {
        screen.refuse(messages);
    }

    @Override
    public long erase(Selection messages) throws InterruptedException {
        LogEraser eraser = new LogEraser(folder, messages);
        try {
            long last = finishPresentFile();
            synchronized (rewriting) {
                // What a failed attempt left half written.
                Files.deleteIfExists(folder.rewritten());
                List<SegmentFolder.Segment> touched = new ArrayList<>();
                for (SegmentFolder.Segment segment : folder.segments()) {
                    if (segment.firstPosition() <= last && eraser.search(segment)) {
                        touched.add(segment);
                    }
                }
                // First the ids: once their messages are gone, nobody could tell any more which they were.
                if (messages instanceof Selection.OfUnit) {
                    forget(eraser.found());
                }
                for (SegmentFolder.Segment segment : touched) {
                    eraser.erase(segment);
                }
            }
            return eraser.found().size();
        } catch (IOException failure) {
            throw new UncheckedIOException("messages cannot be erased from the log", failure);
        }
    }

    private void forget(FingerprintList erased) throws IOException, InterruptedException {
        if (erased.size() > 0) {
            done(writer.between(() -> ids.erase(erased)));
        }
    }

    /** Waits until all that was accepted is written, and ends the file it is in; gives the position of the last message. */
    private long finishPresentFile() throws IOException, InterruptedException {
        done(queue.offer(EncodedMessages.of(List.of())).toCompletableFuture());
        return done(writer.between(() -> {
            segments.finish();
            return CompletableFuture.completedFuture(end.now());
        }));
    }

    private <T> T done(CompletableFuture<T> work) throws IOException, InterruptedException {
        while (true) {
            try {
                return work.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException notYet) {
                if (!thread.isAlive()) {
                    throw new InterruptedException("the log was closed");
                }
            } catch (ExecutionException failure) {
                throw new IOException(failure.getCause());
            }
        }
    }

    @Override
    public long lastPosition() {
        return end.now();
    }

    @Override
    public long firstPosition() {
        try {
            return folder.segmentAfter(0)
                    .map(SegmentFolder.Segment::firstPosition)
                    .orElse(end.now() + 1);
        } catch (IOException failure) {
            throw new UncheckedIOException("the log's files cannot be listed", failure);
        }
    }

    /** Ids that were released with their messages are too old to matter; what is lost is counted by whoever loads it. */
    private LogReader readWhatIsLeftAfter(long position) {
        return new SegmentLogReader(folder, end, new LongAdder(), Math.max(position, firstPosition() - 1));
    }

    @Override
    public LogReader readAfter(long position) {
        return new SegmentLogReader(folder, end, meters.lost(), position);
    }

    @Override
    public void continueAfter(long position) {
        if (position > end.now()) {
            end.moveTo(position);
        }
    }

    @Override
    public void loaded(long position) {
        loaded = position;
    }

    /** Deletes files that are neither needed by a reader nor for recognising ids. */
    @Override
    public void release(long position) {
        try {
            // Not while one is written anew: it would come back.
            synchronized (rewriting) {
                deleteReleased(position);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("released files of the log cannot be deleted", failure);
        }
    }

    private void deleteReleased(long position) throws IOException {
        List<SegmentFolder.Segment> all = folder.segments();
        for (int i = 0; i + 1 < all.size(); i++) {
            boolean isReleased = all.get(i + 1).firstPosition() <= position + 1;
            if (!isReleased || isWithinHorizon(all.get(i))) {
                break;
            }
            folder.delete(all.get(i));
        }
    }

    private boolean isWithinHorizon(SegmentFolder.Segment segment) throws IOException {
        Instant lastWritten = Files.getLastModifiedTime(segment.file()).toInstant();
        return lastWritten.isAfter(clock.instant().minus(KEPT));
    }

    /** Whether messages can be stored. */
    LogWriter.State state() {
        return thread.isAlive() ? writer.state() : LogWriter.State.BROKEN;
    }

    int queued() {
        return queue.depth();
    }

    long cutBytes() {
        return cutBytes;
    }

    double bytes() {
        try {
            return folder.bytes();
        } catch (IOException unreadable) {
            return Double.NaN;
        }
    }

    /** Stores what was accepted, then lets the files go. */
    @Override
    public void close() {
        queue.close();
        try {
            thread.join();
            segments.close();
            ids.close();
            supply.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException failure) {
            throw new UncheckedIOException("the log was not closed cleanly", failure);
        }
    }
}
