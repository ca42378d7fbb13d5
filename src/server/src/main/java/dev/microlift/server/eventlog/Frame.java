package dev.microlift.server.eventlog;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The unit of writing: some messages that follow each other, under one checksum. Layout, big-endian:
 *
 * <pre>
 * 4 mark   4 length of the payload   8 position of the first message   4 number of messages
 * 4 CRC32C of the 16 bytes before it (without the mark) and of the payload
 * payload: for each message 4 length, then the message
 * </pre>
 *
 * <p>The mark makes it possible to go on behind a damaged frame, whose length cannot be trusted.
 *
 * @param payload between its position and its limit
 */
record Frame(long firstPosition, int count, ByteBuffer payload) {

    static final int HEADER_BYTES = 24;

    /** "MLF1". Zeros, of which a new file consists, are no mark. */
    static final int MARK = 0x4d4c4631;

    /** A damaged length must not make the reader ask for absurd memory. */
    static final int MAX_PAYLOAD_BYTES = 64 << 20;

    private static final int CHECKSUM_AT = 20;

    long lastPosition() {
        return firstPosition + count - 1;
    }

    int bytes() {
        return HEADER_BYTES + payload.remaining();
    }

    /** Writes frames one behind the other to where a buffer is. */
    static final class Writer {
        private final ByteBuffer out;
        private int start;
        private long firstPosition;
        private int count;

        Writer(ByteBuffer out, long firstPosition) {
            this.out = out;
            this.start = out.position();
            this.firstPosition = firstPosition;
        }

        /** Adds messages that follow each other to the present frame. */
        void put(EncodedMessages messages, int from, int until) {
            if (count == 0) {
                out.position(start + HEADER_BYTES);
            }
            messages.write(out, from, until);
            count += until - from;
        }

        /** Bytes of the present frame. */
        int bytes() {
            return out.position() - start;
        }

        /** Ends the present frame, unless there is nothing in it; what follows goes into another. */
        void finish() {
            if (count > 0) {
                int end = out.position();
                putHeader(out, start, end, firstPosition, count);
                start = end;
                firstPosition += count;
                count = 0;
            }
        }
    }

    private static void putHeader(ByteBuffer out, int start, int end, long firstPosition, int count) {
        out.putInt(start, MARK)
                .putInt(start + 4, end - start - HEADER_BYTES)
                .putLong(start + 8, firstPosition)
                .putInt(start + 16, count);
        out.putInt(start + CHECKSUM_AT, checksum(out, start, end));
    }

    /** The frame as it stands in a file, its checksum made anew. */
    ByteBuffer encoded() {
        ByteBuffer out = ByteBuffer.allocate(bytes());
        out.position(HEADER_BYTES).put(payload.duplicate());
        putHeader(out, 0, out.position(), firstPosition, count);
        return out.flip();
    }

    /** The length of the payload, if these could be the first bytes of a frame; else -1. */
    static int payloadBytes(ByteBuffer header) {
        int length = header.getInt(header.position() + 4);
        boolean plausible = header.getInt(header.position()) == MARK && length >= 0 && length <= MAX_PAYLOAD_BYTES;
        return plausible ? length : -1;
    }

    /** The frame that stands whole between a buffer's position and its limit; null if it is damaged. */
    static @Nullable Frame read(ByteBuffer in) {
        int start = in.position();
        int end = in.limit();
        if (in.getInt(start + CHECKSUM_AT) != checksum(in, start, end)) {
            return null;
        }
        return new Frame(
                in.getLong(start + 8),
                in.getInt(start + 16),
                in.slice(start + HEADER_BYTES, end - start - HEADER_BYTES));
    }

    private static int checksum(ByteBuffer buffer, int start, int end) {
        CRC32C checksum = new CRC32C();
        checksum.update(buffer.duplicate().limit(start + CHECKSUM_AT).position(start + 4));
        checksum.update(buffer.duplicate().limit(end).position(start + HEADER_BYTES));
        return (int) checksum.getValue();
    }

    /** Its messages, in order. */
    List<LoggedMessage> messages() {
        FrameMessages messages = new FrameMessages();
        messages.add(this, 0);
        return messages;
    }
}
