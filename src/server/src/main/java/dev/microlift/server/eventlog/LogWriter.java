package dev.microlift.server.eventlog;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.logging.Logger;

/**
 * The one writer: takes all that waits, writes it, syncs the disk once, and only then tells the callers. One sync serves
 * many callers, and one thread needs no lock to keep duplicates out.
 *
 * <p>A write that fails is taken back, and writing goes on in a new file once it works again. A sync that fails is final:
 * the system may have thrown away what it could not write and would confirm the next one, so nothing is acknowledged until
 * a restart has read what is really there.
 */
final class LogWriter implements Runnable {

    /** Whether messages can be stored. */
    enum State {
        /** The last write succeeded. */
        WRITING,
        /** The disk is full, up to its reserve; writing goes on by itself when there is room. */
        FULL,
        /** The last write failed and was taken back; the next one may succeed. */
        FAILING,
        /** What is on disk is not known any more. Nothing is written until a restart has read it anew. */
        BROKEN
    }

    private static final Logger LOG = Logger.getLogger(LogWriter.class);
    private static final int GROUP_MESSAGES = 20_000;
    private static final long GROUP_BYTES = 4L << 20;
    private static final int LARGEST_BUFFER_BYTES = 8 << 20;
    private static final Duration PROBE_EVERY = Duration.ofSeconds(1);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final SegmentWriter segments;
    private final AppendQueue queue;
    private final KnownIds ids;
    private final DiskSpace disk;
    private final LogPosition end;
    private final EventLogMeters meters;
    private final Queue<Runnable> errands = new ConcurrentLinkedQueue<>();
    private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    private volatile State state = State.WRITING;

    LogWriter(
            SegmentWriter segments,
            AppendQueue queue,
            KnownIds ids,
            DiskSpace disk,
            LogPosition end,
            EventLogMeters meters) {
        this.segments = segments;
        this.queue = queue;
        this.ids = ids;
        this.disk = disk;
        this.end = end;
        this.meters = meters;
    }

    State state() {
        return state;
    }

    /** What is begun between two writes, on the writer's thread. */
    @FunctionalInterface
    interface Errand<T> {

        /** Begins it; what takes long goes on elsewhere. */
        CompletionStage<T> begin() throws IOException, InterruptedException;
    }

    /** Begins something between two writes, within about a second. */
    <T> CompletableFuture<T> between(Errand<T> errand) {
        CompletableFuture<CompletionStage<T>> begun = new CompletableFuture<>();
        errands.add(() -> {
            try {
                begun.complete(errand.begin());
            } catch (IOException | InterruptedException | RuntimeException failure) {
                begun.completeExceptionally(failure);
            }
        });
        return begun.thenCompose(stage -> stage);
    }

    /** Writes until the queue is closed and empty. */
    @Override
    public void run() {
        try {
            while (!queue.isDrained()) {
                for (Runnable errand = errands.poll(); errand != null; errand = errands.poll()) {
                    errand.run();
                }
                List<AppendQueue.Entry> entries = queue.take(GROUP_MESSAGES, GROUP_BYTES, PROBE_EVERY);
                if (!entries.isEmpty()) {
                    answer(entries);
                } else if (state == State.FULL || state == State.FAILING) {
                    probe();
                }
            }
        } catch (InterruptedException stopped) {
            state = State.BROKEN;
            Thread.currentThread().interrupt();
        }
    }

    private void answer(List<AppendQueue.Entry> entries) throws InterruptedException {
        try {
            if (state != State.BROKEN) {
                requireRoom();
                List<List<Receipt>> receipts = store(entries);
                enter(State.WRITING);
                for (int i = 0; i < entries.size(); i++) {
                    entries.get(i).outcome().complete(receipts.get(i));
                }
                return;
            }
        } catch (IOException | RuntimeException | Error failure) {
            fail(failure);
        } finally {
            queue.release(entries);
        }
        refuse(entries);
    }

    private void requireRoom() throws IOException {
        if (disk.isShort()) {
            throw new DiskSpace.DiskFullException("the disk has no room beyond its reserve");
        }
    }

    private List<List<Receipt>> store(List<AppendQueue.Entry> entries) throws IOException, InterruptedException {
        Group group = ids.sort(entries);
        int count = group.count();
        if (count > 0) {
            try {
                write(group);
            } catch (Throwable failure) {
                // An id that is not in the log must not be taken for a duplicate.
                ids.forget(group);
                throw failure;
            }
            end.moveTo(end.now() + count);
            ids.durable(end.now());
            meters.wrote(count);
        }
        return group.receipts();
    }

    private void write(Group group) throws IOException, InterruptedException {
        ByteBuffer frames = buffer(group.bytes());
        group.write(frames, end.now() + 1);
        frames.flip();
        segments.makeRoom(frames.remaining(), end.now() + 1);
        segments.write(frames);
        long start = System.nanoTime();
        segments.sync();
        meters.synced(System.nanoTime() - start);
    }

    /** The same one again and again, outside the heap, from where it is written without being copied. */
    private ByteBuffer buffer(int bytes) {
        if (bytes > LARGEST_BUFFER_BYTES) {
            return ByteBuffer.allocate(bytes);
        }
        if (bytes > buffer.capacity()) {
            buffer = ByteBuffer.allocateDirect(Math.min(LARGEST_BUFFER_BYTES, 2 * bytes));
        }
        return buffer.clear();
    }

    private void fail(Throwable failure) {
        State next = failure instanceof SegmentWriter.SyncFailedException || failure instanceof Error
                ? State.BROKEN
                : isFull(failure) ? State.FULL : State.FAILING;
        try {
            segments.abandon();
        } catch (IOException unknown) {
            failure.addSuppressed(unknown);
            next = State.BROKEN;
        }
        enter(next, failure);
    }

    /** Systems tell a full disk in different words; that nothing is left says it in all of them. */
    private boolean isFull(Throwable failure) {
        try {
            return failure instanceof DiskSpace.DiskFullException || disk.isShort();
        } catch (IOException unreadable) {
            failure.addSuppressed(unreadable);
            return false;
        }
    }

    /** Whoever sees the server as not ready sends nothing, so that recovery has to be noticed from within. */
    private void probe() throws InterruptedException {
        try {
            requireRoom();
            ids.recover();
            segments.makeRoom(1, end.now() + 1);
            enter(State.WRITING);
        } catch (IOException | RuntimeException still) {
            fail(still);
        }
    }

    private void refuse(List<AppendQueue.Entry> entries) {
        ProblemException refusal = state == State.FULL
                ? ProblemException.retry(
                        ErrorCode.STORAGE_FULL, "the disk is full; send what was not acknowledged again", RETRY_AFTER)
                : ProblemException.retry(
                        ErrorCode.UNAVAILABLE,
                        "messages cannot be stored at present; send what was not acknowledged again",
                        RETRY_AFTER);
        entries.forEach(entry -> entry.outcome().completeExceptionally(refusal));
    }

    private void enter(State next) {
        if (state != next) {
            LOG.info("messages can be stored again");
            state = next;
        }
    }

    private void enter(State next, Throwable why) {
        if (state != next) {
            LOG.errorf(why, "messages cannot be stored (%s)", next);
            state = next;
        }
    }
}
