package dev.microlift.server.ingest;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;

/** Makes rows of what the parser finds, without ever holding more of one than is needed. */
final class CsvRows extends AbstractBaseCsvCallbackHandler<CsvRow> {

    private CsvRow row = new CsvRow(0);

    @Override
    protected void handleBegin(long startingLineNumber) {
        row = new CsvRow(startingLineNumber);
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
        row.add(buffer, offset, length);
    }

    @Override
    protected CsvRow buildRecord() {
        return row;
    }
}
