package dev.microlift.server.ingest;

import dev.microlift.server.reject.Excerpt;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Remembers how a body began that may turn out to be unreadable later on. */
final class Head {

    private static final int KEPT = 2 * Excerpt.BYTES;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    /** The same stream, of which the beginning is remembered. */
    InputStream of(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int value = super.read();
                if (value >= 0 && kept.size() < KEPT) {
                    kept.write(value);
                }
                return value;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                if (count > 0) {
                    kept.write(buffer, offset, Math.min(count, KEPT - Math.min(KEPT, kept.size())));
                }
                return count;
            }
        };
    }

    byte[] bytes() {
        return kept.toByteArray();
    }
}
