package dev.microlift.server.eventstore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.LogBatch;
import dev.microlift.server.eventlog.LoggedMessage;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a batch as a table that the database reads column by column. A text goes from the log to the database as
 * the bytes it is; the appender, which takes rows, costs three times as much.
 */
final class LoggedMessages implements DuckDBTableFunction<LogBatch, LoggedMessages.Cursor, Object> {

    /** A kind is handed over as its place here, which takes less than a text. */
    private static final List<Kind> KINDS = List.of(Kind.values());

    private static final String INSERT = "insert into hot_events by name select * replace (" + kinds()
            + " as kind, from_json(units, '\"map(varchar, varchar)\"') as units) from logged_messages()";

    /** An erased message has no id, and no row. They are rare, and to look for them takes a tenth of the time. */
    private static final String INSERT_OTHERS = INSERT + " where message_id <> ''";

    /** In the order of {@link LoggedMessage#texts}. */
    private static final List<String> TEXTS =
            List.of("message_id", "name", "properties", "context", "user_id", "anonymous_id", "experiment", "variant");

    private static final JsonMapper JSON = new JsonMapper();

    private volatile @Nullable LogBatch present;

    /** How far a batch is read. */
    static final class Cursor {
        private int next;
    }

    private static String kinds() {
        return KINDS.stream()
                .map(kind -> " when " + KINDS.indexOf(kind) + " then " + StoreSql.quoted(kind.text()))
                .collect(Collectors.joining("", "case kind", " end"));
    }

    /** Makes the function known to a database. */
    void register(DuckDBConnection database) throws SQLException {
        DuckDBFunctions.tableFunction()
                .withName("logged_messages")
                .withFunction(this)
                .register(database);
    }

    /** Inserts the messages of a batch. */
    void insert(Statement statement, LogBatch batch) throws SQLException {
        present = batch;
        try {
            statement.execute(batch.messages().stream().anyMatch(LoggedMessage::isErased) ? INSERT_OTHERS : INSERT);
        } finally {
            present = null;
        }
    }

    @Override
    public LogBatch bind(DuckDBTableFunctionBindInfo table) {
        LogBatch batch = present;
        if (batch == null) {
            throw new IllegalStateException("no messages are being loaded");
        }
        TEXTS.forEach(name -> table.addResultColumn(name, DuckDBColumnType.VARCHAR));
        table.addResultColumn("units", DuckDBColumnType.VARCHAR);
        table.addResultColumn("kind", DuckDBColumnType.TINYINT);
        List.of("position", "time_ms", "received_ms")
                .forEach(name -> table.addResultColumn(name, DuckDBColumnType.BIGINT));
        List.of("late", "clamped", "bot").forEach(name -> table.addResultColumn(name, DuckDBColumnType.BOOLEAN));
        return batch;
    }

    @Override
    public Cursor init(DuckDBTableFunctionInitInfo scan) {
        // The rows keep the order of the log.
        scan.setMaxThreads(1);
        return new Cursor();
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo call, DuckDBDataChunkWriter chunk) {
        LogBatch batch = call.<LogBatch>getBindData();
        Cursor cursor = call.<Cursor>getInitData();
        int start = cursor.next;
        int count = (int) Math.min(chunk.capacity(), batch.messages().size() - start);
        if (count > 0) {
            cursor.next += count;
            write(chunk, batch.firstPosition() + start, batch.messages().subList(start, start + count));
        }
        return count;
    }

    private static void write(DuckDBDataChunkWriter chunk, long firstPosition, List<LoggedMessage> rows) {
        writeTexts(chunk, rows);
        int column = TEXTS.size() + 1;
        DuckDBWritableVector kind = chunk.vector(column++);
        DuckDBWritableVector position = chunk.vector(column++);
        DuckDBWritableVector time = chunk.vector(column++);
        DuckDBWritableVector received = chunk.vector(column++);
        DuckDBWritableVector late = chunk.vector(column++);
        DuckDBWritableVector clamped = chunk.vector(column++);
        DuckDBWritableVector bot = chunk.vector(column);
        for (int i = 0; i < rows.size(); i++) {
            LoggedMessage row = rows.get(i);
            kind.setByte(i, (byte) KINDS.indexOf(row.kind()));
            position.setLong(i, firstPosition + i);
            time.setLong(i, row.timeMillis());
            received.setLong(i, row.receivedMillis());
            late.setBoolean(i, row.late());
            clamped.setBoolean(i, row.clamped());
            bot.setBoolean(i, row.bot());
        }
    }

    private static void writeTexts(DuckDBDataChunkWriter chunk, List<LoggedMessage> rows) {
        byte[][][] columns = new byte[TEXTS.size() + 1][rows.size()][];
        for (int i = 0; i < rows.size(); i++) {
            byte[][] texts = rows.get(i).texts();
            for (int column = 0; column < texts.length; column++) {
                columns[column][i] = texts[column];
            }
            columns[TEXTS.size()][i] = units(rows.get(i));
        }
        for (int column = 0; column < columns.length; column++) {
            chunk.vector(column).setStringUtf8Batch(0, columns[column]);
        }
    }

    /** As a JSON object; null for none. */
    private static byte @Nullable [] units(LoggedMessage message) {
        Map<String, String> units = message.units();
        try {
            return units.isEmpty() ? null : JSON.writeValueAsBytes(units);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
