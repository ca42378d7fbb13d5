package dev.microlift.server.eventstore;

import static dev.microlift.server.eventlog.Receipt.DUPLICATE;
import static dev.microlift.server.eventlog.Receipt.STORED;
import static dev.microlift.server.eventlog.SampleMessages.NOON;
import static dev.microlift.server.eventlog.SampleMessages.identify;
import static dev.microlift.server.eventlog.SampleMessages.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microlift.server.SettableClock;
import dev.microlift.server.eventlog.Exposure;
import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventlog.Receipt;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbEventStoreTest {

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock(NOON);
    private DuckDbEventStore store;

    @BeforeEach
    void open() {
        store = DuckDbEventStore.open(directory, new SmallStore(), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        open();
    }

    private List<Receipt> append(Message... messages) {
        return store.append(List.of(messages))
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private List<String> query(String sql) {
        return Questions.ask(store, sql);
    }

    @Test
    void aRowHoldsEveryFieldOfItsMessage() {
        append(new Message(
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
                false,
                0,
                new Exposure("button", "red")));

        assertThat(query("select * from events"))
                .containsExactly("1|m-1|track|Experiment Viewed|u1|a🎉|{account=acme}|"
                        + NOON.minusMillis(5).toEpochMilli() + "|" + NOON.toEpochMilli()
                        + "|true|false|{\"device\":\"phone\"}|{\"page\":{}}|button|red");
        assertThat(query("select units['account'], properties ->> '$.device' from events"))
                .containsExactly("acme|phone");
    }

    @Test
    void whatAMessageDoesNotHaveIsNullAndItsUnitsAreAnEmptyMap() {
        append(track("m-1"));

        assertThat(query("select anonymous_id is null, experiment is null, variant is null, cardinality(units)"
                        + " from events"))
                .containsExactly("true|true|true|0");
    }

    @Test
    void anIdIsStoredOnceWithinOneAppendAndAcrossAppends() {
        assertThat(append(track("a"), track("b"), track("a"))).containsExactly(STORED, STORED, DUPLICATE);
        assertThat(append(track("b"), track("c"))).containsExactly(DUPLICATE, STORED);

        assertThat(query("select position, message_id from events order by position"))
                .containsExactly("1|a", "2|b", "3|c");
    }

    @Test
    void duplicatesAndPositionsOutliveARestart() {
        append(track("a"), track("b"));

        reopen();

        assertThat(append(track("b"), track("c"))).containsExactly(DUPLICATE, STORED);
        assertThat(query("select position, message_id from events order by position"))
                .containsExactly("1|a", "2|b", "3|c");
    }

    @Test
    void anIdIsForgottenOnlyAfterMoreThanSevenDaysOfReceipt() {
        append(track("a", NOON));

        clock.advance(Duration.ofDays(7));
        assertThat(append(track("a", clock.instant()))).containsExactly(DUPLICATE);
        clock.advance(Duration.ofDays(1));
        assertThat(append(track("a", clock.instant()))).containsExactly(STORED);
    }

    @Test
    void aRestartRemembersTheSameDaysAsTheRunningServer() {
        append(track("old", NOON));
        clock.advance(Duration.ofDays(1));
        append(track("young", clock.instant()));
        clock.advance(Duration.ofDays(7));

        reopen();

        assertThat(append(track("old", clock.instant()), track("young", clock.instant())))
                .containsExactly(STORED, DUPLICATE);
    }

    @Test
    void aReaderKeepsItsSnapshotWhileOthersAppend() {
        append(track("a"));

        List<List<String>> seen = store.read(connection -> {
            List<String> before = Questions.rows(connection, "select count(*) from events");
            append(track("b"));
            return List.of(before, Questions.rows(connection, "select count(*) from events"));
        });

        assertThat(seen).containsExactly(List.of("1"), List.of("1"));
        assertThat(query("select count(*) from events")).containsExactly("2");
    }

    @Test
    void whatAReaderChangesIsUndone() {
        append(track("a"));

        store.read(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("delete from events");
            }
        });

        assertThat(query("select count(*) from events")).containsExactly("1");
    }

    @Test
    void aFailingQuestionIsToldAndTheStoreGoesOn() {
        assertThatThrownBy(() -> query("select nonsense from nowhere")).isInstanceOf(EventStoreException.class);

        assertThat(append(track("a"))).containsExactly(STORED);
    }

    @Test
    void theFirstLinkInTimeWinsWhateverTheOrderOfArrival() {
        append(
                identify("m-3", "a1", "second", NOON),
                identify("m-2", "a1", "first", NOON.minusSeconds(60)),
                identify("m-5", "a2", "greater id", NOON),
                identify("m-4", "a2", "smaller id", NOON),
                track("m-1"));

        assertThat(query("select anonymous_id, user_id from links order by 1"))
                .containsExactly("a1|first", "a2|smaller id");
    }

    @Test
    void callersAtTheSameTimeShareTransactionsAndLoseNothing() {
        List<CompletableFuture<List<Receipt>>> outcomes = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> store.append(List.of(track("m" + i % 100), track("x" + i)))
                        .toCompletableFuture())
                .toList();

        List<Receipt> receipts = outcomes.stream()
                .flatMap(outcome -> outcome.orTimeout(60, TimeUnit.SECONDS).join().stream())
                .toList();

        assertThat(receipts.stream().filter(STORED::equals).count()).isEqualTo(300);
        assertThat(query("select count(*), count(distinct message_id), max(position) from events"))
                .containsExactly("300|300|300");
    }

    @Test
    void theFileCanBeReadByOlderReleases() {
        assertThat(query("select tags['storage_version'] from duckdb_databases() where database_name = 'events'"))
                .containsExactly("v1.4.0+");
    }

    @Test
    void closingStoresWhatWasAccepted() {
        List<CompletableFuture<List<Receipt>>> outcomes = IntStream.range(0, 50)
                .mapToObj(i -> store.append(List.of(track("m" + i))).toCompletableFuture())
                .toList();

        store.close();

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.join()).containsExactly(STORED));
        assertThat(directory.resolve("events.duckdb.wal")).doesNotExist();
        open();
        assertThat(query("select count(*) from events")).containsExactly("50");
    }
}
