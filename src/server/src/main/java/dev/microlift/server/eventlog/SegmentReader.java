package dev.microlift.server.eventlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Reads the frames of one file in order, past damaged ones. */
final class SegmentReader implements AutoCloseable {

    private static final int SCAN_BYTES = 1 << 20;

    private final FileChannel file;
    private final IntFunction<ByteBuffer> memory;
    private final ByteBuffer header = ByteBuffer.allocateDirect(Frame.HEADER_BYTES);
    private long offset;

    SegmentReader(SegmentFolder.Segment segment) throws IOException {
        this(segment, ByteBuffer::allocate);
    }

    /** @param memory gives so many bytes, which a frame is read to */
    SegmentReader(SegmentFolder.Segment segment, IntFunction<ByteBuffer> memory) throws IOException {
        this.file = FileChannel.open(segment.file(), StandardOpenOption.READ);
        this.memory = memory;
    }

    /** Where the next frame is looked for: behind the last one read. */
    long offset() {
        return offset;
    }

    /** The frame that starts just here; null if none does, or a damaged one, or it is not written yet. */
    @Nullable
    Frame next() throws IOException {
        Frame frame = frameAt(offset);
        if (frame != null) {
            offset += frame.bytes();
        }
        return frame;
    }

    /** The next whole frame, be it behind damage; null if none is left. */
    @Nullable
    Frame nextWhole() throws IOException {
        Frame frame = next();
        return frame != null ? frame : nextBehindDamage();
    }

    /** Makes a frame the next one again. */
    void stepBack(Frame last) {
        offset -= last.bytes();
    }

    /** The first whole frame behind this place; null if none follows. */
    @Nullable
    Frame nextBehindDamage() throws IOException {
        for (long at = markAfter(offset + 1); at >= 0; at = markAfter(at + 1)) {
            Frame frame = frameAt(at);
            if (frame != null) {
                offset = at + frame.bytes();
                return frame;
            }
        }
        return null;
    }

    private @Nullable Frame frameAt(long at) throws IOException {
        read(at, header.clear());
        int payload = header.remaining() < Frame.HEADER_BYTES ? -1 : Frame.payloadBytes(header);
        if (payload < 0 || at + Frame.HEADER_BYTES + payload > file.size()) {
            return null;
        }
        return Frame.read(read(at, memory.apply(Frame.HEADER_BYTES + payload)));
    }

    /** Where the next mark stands; -1 if there is none. */
    private long markAfter(long from) throws IOException {
        for (long at = from; at < file.size(); at += SCAN_BYTES - Integer.BYTES + 1) {
            ByteBuffer part = read(at, ByteBuffer.allocate(SCAN_BYTES));
            for (int i = 0; i + Integer.BYTES <= part.limit(); i++) {
                if (part.getInt(i) == Frame.MARK) {
                    return at + i;
                }
            }
        }
        return -1;
    }

    /** How many bytes from here on something was written to: up to the last one that is not zero. */
    long tornBytes() throws IOException {
        long torn = 0;
        for (long at = offset; at < file.size(); at += SCAN_BYTES) {
            ByteBuffer part = read(at, ByteBuffer.allocate(SCAN_BYTES));
            for (int i = part.limit() - 1; i >= 0; i--) {
                if (part.get(i) != 0) {
                    torn = at + i + 1 - offset;
                    break;
                }
            }
        }
        return torn;
    }

    /** Fills a buffer from a place on, as far as the file goes. */
    private ByteBuffer read(long at, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining() && file.read(buffer, at + buffer.position()) >= 0) {
            // until it is full or the file ends
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
