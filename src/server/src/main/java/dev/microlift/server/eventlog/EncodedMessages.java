package dev.microlift.server.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The messages of one call as they will be written, each behind its length. Made by the thread that appends them, so that
 * the one writer has little left to do: it looks at numbers that stand side by side, and copies bytes.
 */
final class EncodedMessages {

    private static final ThreadLocal<Fingerprint> FINGERPRINT = ThreadLocal.withInitial(Fingerprint::new);

    private final byte[] bytes;
    private final int[] ends;
    private final long[] ids;
    private final int[] contents;

    private EncodedMessages(byte[] bytes, int[] ends, long[] ids, int[] contents) {
        this.bytes = bytes;
        this.ends = ends;
        this.ids = ids;
        this.contents = contents;
    }

    static EncodedMessages of(List<Message> messages) {
        int count = messages.size();
        int[] ends = new int[count];
        long[] ids = new long[2 * count];
        int[] contents = new int[count];
        MessageEncoder out = new MessageEncoder();
        Fingerprint fingerprint = FINGERPRINT.get();
        for (int i = 0; i < count; i++) {
            Message message = messages.get(i);
            out.put(message);
            ends[i] = out.size();
            fingerprint.take(message.messageId().getBytes(UTF_8));
            ids[2 * i] = fingerprint.high();
            ids[2 * i + 1] = fingerprint.low();
            contents[i] = message.content();
        }
        return new EncodedMessages(out.bytes(), ends, ids, contents);
    }

    int count() {
        return contents.length;
    }

    /** Bytes of all, with their lengths. */
    int size() {
        return endOf(count());
    }

    /** The first half of a message's fingerprint. */
    long high(int index) {
        return ids[2 * index];
    }

    /** The second half. */
    long low(int index) {
        return ids[2 * index + 1];
    }

    /** What tells it from another message under the same id. */
    int content(int index) {
        return contents[index];
    }

    /** Bytes of some that follow each other. */
    int size(int from, int to) {
        return endOf(to) - endOf(from);
    }

    /** Writes some that follow each other. */
    void write(ByteBuffer to, int from, int until) {
        to.put(bytes, endOf(from), size(from, until));
    }

    private int endOf(int count) {
        return count == 0 ? 0 : ends[count - 1];
    }
}
