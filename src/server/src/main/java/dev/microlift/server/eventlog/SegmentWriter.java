package dev.microlift.server.eventlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Writes frames into the present file, and goes on to the next one when it is full. For the log's one writer. */
class SegmentWriter implements AutoCloseable {

    /** What was written may or may not be on disk, and asking again would tell nothing. */
    static final class SyncFailedException extends IOException {
        SyncFailedException(IOException cause) {
            super("the disk did not confirm what was written", cause);
        }
    }

    private final SegmentFolder folder;
    private final SegmentSupply supply;
    private SegmentFolder.@Nullable Segment segment;
    private @Nullable FileChannel file;
    private long offset;
    private long durableOffset;

    SegmentWriter(SegmentFolder folder, SegmentSupply supply) {
        this.folder = folder;
        this.supply = supply;
    }

    /**
     * Makes sure that what is written until the next sync stands in one file, so that it can be taken back as a whole.
     *
     * @param bytes how much that will be
     * @param firstPosition the position of the next message
     */
    void makeRoom(long bytes, long firstPosition) throws IOException, InterruptedException {
        boolean fits = offset + bytes <= supply.segmentBytes();
        if (file != null && (fits || offset == 0)) {
            return;
        }
        finish();
        segment = supply.take(firstPosition);
        file = FileChannel.open(segment.file(), StandardOpenOption.WRITE);
        offset = 0;
        durableOffset = 0;
        supply.prepare();
    }

    /** Writes a frame, not durably yet. */
    void write(ByteBuffer frame) throws IOException {
        while (frame.hasRemaining()) {
            offset += present().write(frame, offset);
        }
    }

    /** Makes durable what was written. */
    void sync() throws SyncFailedException {
        try {
            present().force(false);
            durableOffset = offset;
        } catch (IOException failure) {
            throw new SyncFailedException(failure);
        }
    }

    /**
     * Takes back what was written since the last sync and leaves the file: what follows goes into a new one.
     *
     * @throws IOException if it cannot be taken back
     */
    void abandon() throws IOException {
        if (file == null || segment == null || offset == durableOffset) {
            return;
        }
        try (FileChannel abandoned = file) {
            abandoned.truncate(durableOffset);
        } finally {
            file = null;
        }
        if (durableOffset == 0) {
            folder.delete(segment);
        }
    }

    /** Leaves the file for good; what follows goes into a new one. What was written is durable already. */
    void finish() throws IOException {
        // Cuts off the zeros that were not needed.
        if (file == null) {
            return;
        }
        try (FileChannel full = file) {
            full.truncate(durableOffset);
        } finally {
            file = null;
        }
    }

    private FileChannel present() {
        if (file == null) {
            throw new IllegalStateException("no file is open");
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        finish();
    }
}
