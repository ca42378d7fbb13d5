package dev.microlift.server.eventlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes the next file ready while the present one is being filled. Its blocks are written before they are needed: so an
 * append never changes a file's size, syncing it costs the data alone, and a full disk shows before anything is accepted
 * for it.
 */
final class SegmentSupply implements AutoCloseable {

    private static final int CHUNK_BYTES = 1 << 20;

    private final SegmentFolder folder;
    private final DiskSpace disk;
    private final long segmentBytes;
    private final ExecutorService background = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "event-log-supply");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable CompletableFuture<Void> next;

    SegmentSupply(SegmentFolder folder, DiskSpace disk, long segmentBytes) {
        this.folder = folder;
        this.disk = disk;
        this.segmentBytes = segmentBytes;
    }

    /** Starts to make a file ready, unless that is under way or done. */
    void prepare() {
        if (next == null) {
            next = CompletableFuture.runAsync(this::fill, background);
        }
    }

    /**
     * A file of zeros for the messages from this position on.
     *
     * @throws DiskSpace.DiskFullException if there is no room for it
     */
    SegmentFolder.Segment take(long firstPosition) throws IOException, InterruptedException {
        prepare();
        try {
            if (next != null) {
                next.get();
            }
            return folder.adopt(firstPosition);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException("a file of the log could not be prepared", failure.getCause());
        } finally {
            next = null;
        }
    }

    long segmentBytes() {
        return segmentBytes;
    }

    private void fill() {
        try {
            disk.require(segmentBytes);
            try (FileChannel file = FileChannel.open(
                    folder.prepared(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK_BYTES);
                for (long written = 0; written < segmentBytes; ) {
                    zeros.clear().limit((int) Math.min(CHUNK_BYTES, segmentBytes - written));
                    written += file.write(zeros);
                }
                file.force(true);
            }
        } catch (IOException failure) {
            throw new CompletionException(failure);
        }
    }

    /** Breaks off what is being made ready; nothing comes into the folder any more. */
    @Override
    public void close() throws IOException {
        background.shutdownNow();
        try {
            if (!background.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IOException("a file of the log is still being prepared");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
