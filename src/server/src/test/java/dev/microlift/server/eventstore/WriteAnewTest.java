package dev.microlift.server.eventstore;

import static dev.microlift.server.eventlog.SampleMessages.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microlift.server.eventlog.LogBatch;
import dev.microlift.server.eventlog.LoggedMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a disk without room does to the database while it is written anew, and after that. */
class WriteAnewTest {

    @TempDir
    Path directory;

    private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);
    private DuckDb database;
    private SealedTables sealed;

    @BeforeEach
    void open() throws SQLException {
        database = DuckDb.open(directory, new SmallStore(), new Room(room));
        sealed = new SealedTables(database, SealedFolder.in(directory));
        sealed.view();
        load(1, "a");
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private void load(long position, String messageId) throws SQLException {
        new DuckDbTables(database).load(new LogBatch(position, List.of(LoggedMessage.of(track(messageId)))));
    }

    private void execute(String... statements) throws SQLException {
        try (DuckDBConnection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void writeAnew() throws SQLException, IOException {
        database.writeAnew(sealed::view);
    }

    private List<String> messages() throws SQLException {
        return database.read(
                connection -> Questions.rows(connection, "select message_id from events order by position"));
    }

    private List<Path> unfinished() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("events-anew"))) {
            return files.toList();
        }
    }

    /** The next checkpoint fails as one does that the disk has no room for: the open database is useless after it. */
    private void letTheNextCheckpointFail() throws SQLException {
        execute("set global debug_checkpoint_abort = 'before_header'");
    }

    @Test
    void whatCannotBeCopiedStaysAsItWasAndIsWrittenAnewLater() throws Exception {
        execute(
                "create macro derived.main.gone() as 1",
                "create table obstacle (number integer default derived.main.gone())",
                "drop macro derived.main.gone");

        assertThatThrownBy(this::writeAnew).isInstanceOf(SQLException.class);

        assertThat(messages()).containsExactly("a");
        assertThat(unfinished()).isEmpty();
        execute("drop table obstacle");
        writeAnew();
        load(2, "b");
        assertThat(messages()).containsExactly("a", "b");
    }

    @Test
    void aCheckpointThatFailsBeforeItLeavesTheDatabaseOpen() throws Exception {
        letTheNextCheckpointFail();

        assertThatThrownBy(this::writeAnew).isInstanceOf(SQLException.class);

        assertThat(messages()).containsExactly("a");
        load(2, "b");
        writeAnew();
        assertThat(messages()).containsExactly("a", "b");
    }

    @Test
    void viewsThatCannotBeMadeAtOnceAreMadeAfterTheNextQuestion() throws Exception {
        assertThatThrownBy(() -> database.writeAnew(new FailingTwice(sealed))).hasMessage("planted");

        assertThatThrownBy(this::messages).isInstanceOf(SQLException.class);

        assertThat(messages()).containsExactly("a");
    }

    /** Fails when the file is written anew, and when that is given up. */
    private static final class FailingTwice implements DuckDb.Views {

        private final SealedTables sealed;
        private int failures;

        FailingTwice(SealedTables sealed) {
            this.sealed = sealed;
        }

        @Override
        public void make() throws SQLException {
            if (failures++ < 2) {
                throw new SQLException("planted");
            }
            sealed.view();
        }
    }

    @Test
    void aQuestionThatFindsTheDatabaseUselessOpensItForTheNext() throws Exception {
        letTheNextCheckpointFail();
        assertThatThrownBy(() -> execute("checkpoint")).isInstanceOf(SQLException.class);

        assertThatThrownBy(this::messages).isInstanceOf(SQLException.class);

        assertThat(messages()).containsExactly("a");
    }

    @Test
    void nothingIsTouchedWithoutRoomForAllThatTheDatabaseTakes() throws Exception {
        execute("checkpoint");
        load(2, "b");
        long bytes = DuckDb.bytes(directory);
        room.set(bytes - 1);

        assertThatThrownBy(this::writeAnew).isInstanceOf(NoRoomException.class).hasMessageContaining("no room");

        assertThat(DuckDb.bytes(directory)).isEqualTo(bytes);
        assertThat(directory.resolve("events-anew")).doesNotExist();
        room.set(bytes);
        writeAnew();
        assertThat(messages()).containsExactly("a", "b");
    }
}
