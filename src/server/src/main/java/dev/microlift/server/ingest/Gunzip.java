package dev.microlift.server.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;

/** Decompresses gzip that arrives over a network. */
final class Gunzip {

    private static final int BUFFER_BYTES = 16 * 1024;

    private Gunzip() {}

    /** The decompressed stream, of every member where several follow each other. */
    static InputStream open(InputStream wire) throws IOException {
        return new GZIPInputStream(new Patient(wire), BUFFER_BYTES);
    }

    /**
     * Between two members the library asks whether anything is available, and takes "not yet" for the end: the rest would
     * be dropped in silence. So this one waits until it knows.
     */
    private static final class Patient extends PushbackInputStream {

        Patient(InputStream in) {
            super(in, 1);
        }

        @Override
        public int available() throws IOException {
            int available = super.available();
            if (available > 0) {
                return available;
            }
            int next = read();
            if (next < 0) {
                return 0;
            }
            unread(next);
            return 1;
        }
    }
}
