package dev.microlift.server.report.table;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tables as comma-separated text with a header line. A cell that a spreadsheet would take for a formula gets an
 * apostrophe in front, unless it is a number.
 */
public final class CsvText {

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

    private CsvText() {}

    /** The whole table. */
    public static String of(FlatTable table) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            csv.writeRecord(table.columns());
            for (Map<String, JsonNode> row : table.rows()) {
                List<String> cells = new ArrayList<>();
                table.columns().forEach(column -> cells.add(guarded(FlatTable.text(row.get(column)))));
                csv.writeRecord(cells);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** A writer of lines one by one; closing it closes the text. */
    public static CsvWriter lines(Writer text) {
        return CsvWriter.builder().build(text);
    }

    /** A cell that no spreadsheet runs. */
    public static String guarded(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        boolean dangerous =
                "=+-@\t\r".indexOf(text.charAt(0)) >= 0 && !NUMBER.matcher(text).matches();
        return dangerous ? "'" + text : text;
    }
}
