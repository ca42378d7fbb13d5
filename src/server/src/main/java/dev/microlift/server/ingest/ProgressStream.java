package dev.microlift.server.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells the progress of an import how many bytes were read. */
final class ProgressStream extends FilterInputStream {

    private final ImportProgress progress;
    private final IngestMeters meters;
    private long read;

    ProgressStream(InputStream in, ImportProgress progress, IngestMeters meters) {
        super(in);
        this.progress = progress;
        this.meters = meters;
    }

    ImportProgress progress() {
        return progress;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        count(Math.max(count, 0));
        return count;
    }

    private void count(int bytes) {
        read += bytes;
        progress.reachedByte(read);
        meters.receivedBytes(bytes);
    }
}
