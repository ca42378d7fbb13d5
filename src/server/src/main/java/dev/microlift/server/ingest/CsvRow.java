package dev.microlift.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** One row of cells. Of a row beyond the limit only the first cells are kept. */
final class CsvRow {

    private final long line;
    private final List<String> cells = new ArrayList<>();
    private long bytes;

    /** @param line where it starts, from 1 */
    CsvRow(long line) {
        this.line = line;
    }

    void add(char[] buffer, int offset, int length) {
        // Each character takes a byte at least, so nothing long is ever made into a text; each cell costs its comma.
        bytes += length + 1L;
        if (!isTooLong()) {
            String cell = new String(buffer, offset, length);
            bytes += cell.getBytes(UTF_8).length - length;
            cells.add(cell);
        }
    }

    long line() {
        return line;
    }

    List<String> cells() {
        return cells;
    }

    long bytes() {
        return bytes;
    }

    boolean isTooLong() {
        return bytes > Limits.MESSAGE_BYTES;
    }
}
