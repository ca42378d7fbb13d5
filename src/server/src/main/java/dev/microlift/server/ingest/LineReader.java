package dev.microlift.server.ingest;

import java.io.IOException;
import java.io.InputStream;

/** Goes through a stream line by line. Of a line beyond the limit only the first bytes are kept. */
final class LineReader {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int next;
    private int end;

    private final byte[] line;
    private int length;
    private boolean isTooLong;

    LineReader(InputStream in, int maxBytes) {
        this.in = in;
        this.line = new byte[maxBytes];
    }

    /** Goes to the next line; false at the end. A line feed at the very end starts no line. */
    boolean advance() throws IOException {
        length = 0;
        isTooLong = false;
        if (!fill()) {
            return false;
        }
        do {
            int feed = indexOfFeed();
            keep((feed < 0 ? end : feed) - next);
            if (feed >= 0) {
                next++;
                return true;
            }
        } while (fill());
        return true;
    }

    /** The line's bytes without the line feed, up to {@link #length()}; going on overwrites them. */
    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }

    boolean isTooLong() {
        return isTooLong;
    }

    /** True if there is nothing but white space on the line; of one that is too long nobody knows. */
    boolean isBlank() {
        if (isTooLong) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private boolean fill() throws IOException {
        if (next == end) {
            next = 0;
            end = Math.max(0, in.read(buffer, 0, buffer.length));
        }
        return next < end;
    }

    private int indexOfFeed() {
        for (int i = next; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void keep(int count) {
        int kept = Math.min(count, line.length - length);
        isTooLong |= kept < count;
        System.arraycopy(buffer, next, line, length, kept);
        length += kept;
        next += count;
    }
}
