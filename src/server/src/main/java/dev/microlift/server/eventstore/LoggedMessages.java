package dev.microlift.server.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.LogBatch;
import dev.microlift.server.eventlog.LoggedMessage;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
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

    private static final String INSERT = "insert into hot_events select * replace"
            + " (from_json(units, '\"map(varchar, varchar)\"') as units) from logged_messages()"
            // An erased message has no id, and no row.
            + " where message_id <> ''";

    private static final Map<Kind, byte[]> KINDS = Arrays.stream(Kind.values())
            .collect(Collectors.toMap(kind -> kind, kind -> kind.text().getBytes(UTF_8)));

    private static final JsonMapper JSON = new JsonMapper();

    private volatile @Nullable LogBatch present;

    /** How far a batch is read. */
    static final class Cursor {
        private int next;
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
            statement.execute(INSERT);
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
        table.addResultColumn("position", DuckDBColumnType.BIGINT);
        List.of("message_id", "kind", "name", "user_id", "anonymous_id", "units")
                .forEach(text(table));
        List.of("time_ms", "received_ms").forEach(name -> table.addResultColumn(name, DuckDBColumnType.BIGINT));
        List.of("late", "clamped", "bot").forEach(name -> table.addResultColumn(name, DuckDBColumnType.BOOLEAN));
        List.of("properties", "context", "experiment", "variant").forEach(text(table));
        return batch;
    }

    private static Consumer<String> text(DuckDBTableFunctionBindInfo table) {
        return name -> table.addResultColumn(name, DuckDBColumnType.VARCHAR);
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
        for (int i = 0; i < rows.size(); i++) {
            chunk.vector(0).setLong(i, firstPosition + i);
        }
        texts(chunk.vector(1), rows, LoggedMessage::messageId);
        texts(chunk.vector(2), rows, row -> KINDS.get(row.kind()));
        texts(chunk.vector(3), rows, LoggedMessage::event);
        texts(chunk.vector(4), rows, LoggedMessage::userId);
        texts(chunk.vector(5), rows, LoggedMessage::anonymousId);
        texts(chunk.vector(6), rows, LoggedMessages::units);
        times(chunk.vector(7), rows, LoggedMessage::timeMillis);
        times(chunk.vector(8), rows, LoggedMessage::receivedMillis);
        flags(chunk.vector(9), rows, LoggedMessage::late);
        flags(chunk.vector(10), rows, LoggedMessage::clamped);
        flags(chunk.vector(11), rows, LoggedMessage::bot);
        texts(chunk.vector(12), rows, LoggedMessage::properties);
        texts(chunk.vector(13), rows, LoggedMessage::context);
        texts(chunk.vector(14), rows, LoggedMessage::experiment);
        texts(chunk.vector(15), rows, LoggedMessage::variant);
    }

    private static void texts(
            DuckDBWritableVector column, List<LoggedMessage> rows, Function<LoggedMessage, byte @Nullable []> field) {
        byte[][] texts = new byte[rows.size()][];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = field.apply(rows.get(i));
        }
        column.setStringUtf8Batch(0, texts);
    }

    private static void times(DuckDBWritableVector column, List<LoggedMessage> rows, ToLongFunction<LoggedMessage> of) {
        for (int i = 0; i < rows.size(); i++) {
            column.setLong(i, of.applyAsLong(rows.get(i)));
        }
    }

    private static void flags(DuckDBWritableVector column, List<LoggedMessage> rows, Predicate<LoggedMessage> of) {
        for (int i = 0; i < rows.size(); i++) {
            column.setBoolean(i, of.test(rows.get(i)));
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
