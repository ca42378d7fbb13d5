package dev.microlift.server.eventstore;

import static dev.microlift.server.eventlog.SampleMessages.NOON;
import static dev.microlift.server.eventlog.SampleMessages.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microlift.server.eventlog.Message;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbEventTableTest {

    /** More than the appender hands to the database at once. */
    private static final int SEVERAL_FLUSHES = 5_000;

    @TempDir
    Path directory;

    private DuckDb database;
    private DuckDbEventTable table;

    @BeforeEach
    void open() throws SQLException {
        database = DuckDb.open(directory, new SmallStore());
        table = new DuckDbEventTable(database.connect());
    }

    @AfterEach
    void close() throws SQLException {
        table.close();
        database.close();
    }

    @Test
    void anAppendThatFailsInTheMiddleLeavesNothingBehind() throws SQLException {
        table.append(1, List.of(track("before")));

        assertThatThrownBy(() -> table.append(2, failingAt(SEVERAL_FLUSHES - 1)))
                .isInstanceOf(IllegalStateException.class);

        assertThat(ids()).containsExactly("before");
        assertThat(table.lastPosition()).isEqualTo(1);
    }

    @Test
    void anAppendAfterAFailedOneSucceeds() throws SQLException {
        assertThatThrownBy(() -> table.append(1, failingAt(3))).isInstanceOf(IllegalStateException.class);

        table.append(1, List.of(track("after")));

        assertThat(ids()).containsExactly("after");
    }

    @Test
    void whatWasAppendedIsThereWhenTheFileIsOpenedAgain() throws SQLException {
        table.append(1, List.of(track("a"), track("b")));
        close();
        open();

        assertThat(ids()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void onlyWhatWasReceivedSinceIsTold() throws SQLException {
        table.append(1, List.of(track("old", NOON.minusSeconds(10)), track("young", NOON)));

        List<String> told = new ArrayList<>();
        table.eachReceivedSince(NOON, (id, receivedAt) -> told.add(id + "@" + receivedAt));

        assertThat(told).containsExactly("young@" + NOON);
    }

    @Test
    void proofOfWritingIsKept() throws SQLException {
        table.proveWritable(NOON);

        assertThat(database.<Long>read(connection -> {
                    try (var statement = connection.createStatement();
                            var row = statement.executeQuery("select time_ms from recoveries")) {
                        row.next();
                        return row.getLong(1);
                    }
                }))
                .isEqualTo(NOON.toEpochMilli());
    }

    private List<String> ids() throws SQLException {
        List<String> ids = new ArrayList<>();
        table.eachReceivedSince(NOON.minusSeconds(86_400), (id, receivedAt) -> ids.add(id));
        return ids;
    }

    private static List<Message> failingAt(int index) {
        return new AbstractList<>() {
            @Override
            public Message get(int i) {
                if (i == index) {
                    throw new IllegalStateException("planted");
                }
                return track("m" + i);
            }

            @Override
            public int size() {
                return index + 1;
            }
        };
    }
}
