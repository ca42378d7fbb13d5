package dev.microlift.server.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Decompresses gzip that arrives over a network. */
final class Gunzip {

    private static final int BUFFER_BYTES = 16 * 1024;

    private Gunzip() {}

    /** The decompressed stream, of every member where several follow each other. */
    static InputStream open(InputStream wire) throws IOException {
        return new Members(new Patient(wire));
    }

    /**
     * The library takes a member that cannot be begun for the end of all, whatever follows: that would be dropped in silence.
     * So this one looks whether anything was left when it came to the end.
     */
    private static final class Members extends GZIPInputStream {

        /** What the library leaves of the last member: how it checks it, if it had that together with the content. */
        private static final int TRAILER_BYTES = 8;

        private final Patient wire;

        Members(Patient wire) throws IOException {
            super(wire, BUFFER_BYTES);
            this.wire = wire;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int count = super.read(to, offset, length);
            if (count < 0 && (wire.hadMore() || inf.getRemaining() > TRAILER_BYTES)) {
                throw new ZipException("what follows a member is none");
            }
            return count;
        }
    }

    /**
     * Between two members the library asks whether anything is available, and takes "not yet" for the end: the rest would
     * be dropped in silence. So this one waits until it knows.
     */
    private static final class Patient extends PushbackInputStream {

        private boolean hadMore;

        Patient(InputStream in) {
            super(in, 1);
        }

        @Override
        public int available() throws IOException {
            int next = read();
            hadMore = next >= 0;
            if (!hadMore) {
                return 0;
            }
            unread(next);
            return 1;
        }

        /** Whether anything followed the last member that was asked about. */
        boolean hadMore() {
            return hadMore;
        }
    }
}
