package dev.microlift.server.eventstore;

import static dev.microlift.server.eventlog.MessageBuilder.message;
import static dev.microlift.server.eventlog.SampleMessages.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.LogBatch;
import dev.microlift.server.eventlog.LoggedMessage;
import dev.microlift.server.eventlog.Message;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbTablesTest {

    /** More than the appender hands to the database at once. */
    private static final int SEVERAL_FLUSHES = 5_000;

    @TempDir
    Path directory;

    private DuckDb database;
    private DuckDbTables tables;

    @BeforeEach
    void open() throws SQLException {
        database = DuckDb.open(directory, new SmallStore(3));
        tables = new DuckDbTables(database);
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private List<String> ask(String sql) throws SQLException {
        return database.read(connection -> Questions.rows(connection, sql));
    }

    private void execute(String sql) throws SQLException {
        try (DuckDBConnection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static LogBatch batch(long firstPosition, Message... messages) {
        return new LogBatch(
                firstPosition, Stream.of(messages).map(LoggedMessage::of).toList());
    }

    @Test
    void aLoadThatFailsAfterItsRowsWereHandedOverLeavesNothingBehind() throws SQLException {
        tables.load(batch(1, track("before")));
        execute("alter table loaded rename to hidden");

        Message[] many = IntStream.range(0, SEVERAL_FLUSHES)
                .mapToObj(i -> track("m" + i))
                .toArray(Message[]::new);
        assertThatThrownBy(() -> tables.load(batch(2, many))).isInstanceOf(SQLException.class);

        execute("alter table hidden rename to loaded");
        assertThat(ask("select message_id from hot_events")).containsExactly("before");
        assertThat(ask("select sum(events) from event_names")).containsExactly("1");
        assertThat(ask("select position from loaded")).containsExactly("1");
    }

    @Test
    void loadingTouchesNothingWhileTheFileIsWrittenAnew() throws Exception {
        FutureTask<Boolean> loading = new FutureTask<>(() -> {
            tables.load(batch(1, track("a")));
            return true;
        });
        Thread loader = new Thread(loading);
        int all = threads();
        AtomicInteger meanwhile = new AtomicInteger();

        database.writeAnew(() -> {
            loader.start();
            awaitWaiting(loader);
            meanwhile.set(threads());
        });

        assertThat(loading.get()).isTrue();
        assertThat(meanwhile).hasValue(all);
        assertThat(threads()).isEqualTo(1).isLessThan(all);
    }

    private static void awaitWaiting(Thread thread) {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (thread.getState() != Thread.State.WAITING && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    private int threads() throws SQLException {
        try (DuckDBConnection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_setting('threads')")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void aLoadAfterAFailedOneSucceeds() throws SQLException {
        execute("alter table loaded rename to hidden");
        assertThatThrownBy(() -> tables.load(batch(1, track("a")))).isInstanceOf(SQLException.class);
        execute("alter table hidden rename to loaded");

        tables.load(batch(1, track("a")));

        assertThat(ask("select message_id from hot_events")).containsExactly("a");
    }

    @Test
    void everyKindIsLoadedByItsName() throws SQLException {
        tables.load(batch(
                1,
                Stream.of(Kind.values())
                        .map(kind -> message("m").kind(kind).user("u").build())
                        .toArray(Message[]::new)));

        assertThat(ask("select kind from hot_events order by position"))
                .containsExactly("track", "page", "screen", "identify", "alias", "group");
    }

    @Test
    void whatWasLoadedIsThereWhenTheFileIsOpenedAgain() throws SQLException {
        tables.load(batch(1, track("a"), track("b")));
        close();
        open();

        assertThat(ask("select message_id from hot_events order by 1")).containsExactly("a", "b");
        assertThat(ask("select position from loaded")).containsExactly("2");
    }
}
