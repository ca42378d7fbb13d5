package dev.microlift.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import dev.microlift.server.reject.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An import of rows of cells, under a first row that names them; {@link CsvColumns} says what the names mean. */
final class CsvLines implements ImportLines {

    /** A quoted cell may hold line ends, so one that is never closed is the rest of the file; past this it is given up. */
    private static final int LONGEST_CELL = 4 << 20;

    private final StrictJson json;
    private final Iterator<CsvRow> rows;
    private @Nullable CsvColumns columns;
    private CsvRow row = new CsvRow(0);

    CsvLines(StrictJson json, InputStream content) {
        this.json = json;
        this.rows = CsvReader.builder()
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(LONGEST_CELL)
                .build(new CsvRows(), new InputStreamReader(content, UTF_8))
                .iterator();
    }

    @Override
    public boolean advance() throws IOException {
        if (columns == null && next()) {
            if (row.isTooLong()) {
                throw new ProblemException(
                        ErrorCode.TOO_LARGE,
                        "the row that names the columns has at most " + Limits.MESSAGE_BYTES + " bytes");
            }
            columns = CsvColumns.of(row.cells(), json);
        }
        return next();
    }

    private boolean next() throws IOException {
        try {
            if (!rows.hasNext()) {
                return false;
            }
            row = rows.next();
            return true;
        } catch (UncheckedIOException cut) {
            throw cut.getCause();
        } catch (CsvParseException malformed) {
            if (malformed.getCause() instanceof IOException cut) {
                throw cut;
            }
            throw new MalformedCsvException(
                    "the rows after line " + row.line() + " cannot be told apart; is a quote missing or too much?");
        }
    }

    @Override
    public long line() {
        return row.line();
    }

    @Override
    public RawMessage message() throws Rejected {
        if (row.isTooLong()) {
            throw new Rejected("", "too-large", "a row has at most " + Limits.MESSAGE_BYTES + " bytes");
        }
        CsvColumns known = columns;
        if (known == null || row.cells().size() > known.size()) {
            throw new Rejected("", "too-many-cells", "the row has more cells than the first row names");
        }
        List<String> cells = row.cells();
        if (cells.stream().anyMatch(cell -> cell.indexOf('\ufffd') >= 0)) {
            throw new Rejected("", "invalid-text", "the row is not in UTF-8");
        }
        ObjectNode message = known.message(cells);
        return new RawMessage(message, 0, row.bytes());
    }

    @Override
    public String excerpt() {
        byte[] text = String.join(",", row.cells()).getBytes(UTF_8);
        return Excerpt.of(text, 0, text.length);
    }

    @Override
    public Supplier<String> newId(JsonNode message) {
        return () -> {
            byte[] text = json.text(message).getBytes(UTF_8);
            return ImportId.of(text, text.length);
        };
    }

    /** Where one row ends and the next begins cannot be told. */
    static final class MalformedCsvException extends IOException {
        MalformedCsvException(String message) {
            super(message);
        }
    }
}
