package dev.microlift.server.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that ends with an exception when more bytes come than are allowed. */
final class BoundedStream extends FilterInputStream {

    private final long limit;
    private final String what;
    private long read;

    /** @param what whose size it is, for the message */
    BoundedStream(InputStream in, long limit, String what) {
        super(in);
        this.limit = limit;
        this.what = what;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            count(1);
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count > 0) {
            count(count);
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] skipped = new byte[(int) Math.min(Math.max(count, 0), 8192)];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** How many bytes were read so far. */
    long count() {
        return read;
    }

    private void count(int bytes) throws TooLargeException {
        read += bytes;
        if (read > limit) {
            throw new TooLargeException(what + " is larger than " + limit + " bytes");
        }
    }

    /** More bytes came than are allowed. */
    static final class TooLargeException extends IOException {
        TooLargeException(String message) {
            super(message);
        }
    }
}
