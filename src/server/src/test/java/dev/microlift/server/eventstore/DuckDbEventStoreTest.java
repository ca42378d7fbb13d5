package dev.microlift.server.eventstore;

import static dev.microlift.server.eventlog.SampleMessages.NOON;
import static dev.microlift.server.eventlog.SampleMessages.identify;
import static dev.microlift.server.eventlog.SampleMessages.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microlift.server.SettableClock;
import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.Exposure;
import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.LogForTests;
import dev.microlift.server.eventlog.MemoryEventLog;
import dev.microlift.server.eventlog.Message;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbEventStoreTest {

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock(NOON);
    private final MemoryEventLog log = new MemoryEventLog();
    private DuckDbEventStore store;

    @BeforeEach
    void open() {
        store = StoreForTests.open(directory, log, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private List<String> query(String sql) {
        return Questions.ask(store, sql);
    }

    @Test
    void aRowHoldsEveryFieldOfItsMessage() {
        log.append(new Message(
                "m-1",
                Kind.TRACK,
                Exposure.EVENT,
                "u1",
                "a🎉",
                Map.of("account", "acme"),
                NOON.minusMillis(5),
                NOON,
                "{\"device\":\"phone\"}",
                "{\"page\":{}}",
                true,
                false,
                true,
                0,
                new Exposure("button", "red")));

        assertThat(query("select * from events"))
                .containsExactly("1|m-1|track|Experiment Viewed|u1|a🎉|{account=acme}|"
                        + NOON.minusMillis(5).toEpochMilli() + "|" + NOON.toEpochMilli()
                        + "|true|false|true|{\"device\":\"phone\"}|{\"page\":{}}|button|red");
        assertThat(query("select units['account'], properties ->> '$.device' from events"))
                .containsExactly("acme|phone");
    }

    @Test
    void whatAMessageDoesNotHaveIsNull() {
        log.append(track("m-1"));

        assertThat(query("select anonymous_id is null, experiment is null, variant is null, units is null,"
                        + " units['account'] is null from events"))
                .containsExactly("true|true|true|true|true");
    }

    @Test
    void whatWasAcknowledgedBeforeAQuestionIsInItsAnswer() {
        for (int i = 1; i <= 50; i++) {
            log.append(track("m" + i));

            assertThat(query("select count(*), max(position) from events")).containsExactly(i + "|" + i);
        }
        assertThat(store.lag().messages()).isZero();
        store.close();
        assertThat(log.loadedPosition()).isEqualTo(50);
        open();
    }

    @Test
    void aReaderKeepsItsSnapshotWhileOthersAreLoaded() {
        log.append(track("a"));

        List<List<String>> seen = store.read(connection -> {
            List<String> before = Questions.rows(connection, "select count(*) from events");
            log.append(track("b"));
            assertThat(query("select count(*) from events")).containsExactly("2");
            return List.of(before, Questions.rows(connection, "select count(*) from events"));
        });

        assertThat(seen).containsExactly(List.of("1"), List.of("1"));
    }

    @Test
    void whatAReaderChangesIsUndone() {
        log.append(track("a"));

        store.read(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("delete from hot_events");
            }
        });

        assertThat(query("select count(*) from events")).containsExactly("1");
    }

    @Test
    void aFailingQuestionIsToldAndTheStoreGoesOn() {
        assertThatThrownBy(() -> query("select nonsense from nowhere")).isInstanceOf(EventStoreException.class);

        log.append(track("a"));
        assertThat(query("select count(*) from events")).containsExactly("1");
    }

    @Test
    void theFirstLinkInTimeWinsWhateverTheOrderOfArrival() {
        log.append(
                identify("m-3", "a1", "second", NOON),
                identify("m-2", "a1", "first", NOON.minusSeconds(60)),
                identify("m-5", "a2", "greater id", NOON),
                identify("m-4", "a2", "smaller id", NOON),
                track("m-1"));

        assertThat(query("select anonymous_id, user_id from links order by 1"))
                .containsExactly("a1|first", "a2|smaller id");
    }

    @Test
    void theFileCanBeReadByOlderReleases() {
        assertThat(query("select tags['storage_version'] from duckdb_databases() where database_name = 'events'"))
                .containsExactly("v1.4.0+");
    }

    @Test
    void aRestartGoesOnWhereLoadingEnded() {
        IntStream.range(0, 50).forEach(i -> log.append(track("m" + i)));
        store.close();
        assertThat(directory.resolve("events.duckdb.wal")).doesNotExist();
        log.append(track("meanwhile"));

        open();

        assertThat(query("select count(*), count(distinct position), max(position) from events"))
                .containsExactly("51|51|51");
    }

    @Test
    void whatALogLostTheStoreKeepsAndNewMessagesFollowBehindIt(@TempDir Path other) {
        log.append(track("a"), track("b"));
        try (DuckDbEventStore before = StoreForTests.open(other, log, clock)) {
            assertThat(Questions.ask(before, "select count(*) from events")).containsExactly("2");
        }

        try (EventLog empty = LogForTests.open(other);
                DuckDbEventStore after = StoreForTests.open(other, empty, clock)) {
            empty.append(List.of(track("c"))).toCompletableFuture().join();

            assertThat(Questions.ask(after, "select position || message_id from events order by 1"))
                    .containsExactly("1a", "2b", "3c");
        }
    }

    @Test
    void itTellsItsSizeAndTheTimeOfTheLatestEvent() {
        assertThat(store.watermark()).isEmpty();
        log.append(track("a"));
        query("select 1");

        assertThat(store.watermark()).contains(NOON);
        assertThat(store.bytes()).isPositive();
    }
}
