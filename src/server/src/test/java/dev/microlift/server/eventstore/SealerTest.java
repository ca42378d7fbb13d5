package dev.microlift.server.eventstore;

import static dev.microlift.server.eventlog.MessageBuilder.message;
import static dev.microlift.server.eventlog.SampleMessages.NOON;
import static dev.microlift.server.eventlog.SampleMessages.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microlift.server.eventlog.MemoryEventLog;
import dev.microlift.server.eventlog.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path directory;

    private final MemoryEventLog log = new MemoryEventLog(false);
    private StoreParts store;

    @BeforeEach
    void open() throws Exception {
        store = StoreParts.open(directory, log);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private static Instant onDay(int day) {
        return NOON.plus(DAY.multipliedBy(day));
    }

    private void load(Message... messages) throws Exception {
        log.append(messages);
        store.load();
    }

    private List<String> events() throws Exception {
        return store.ask("select position, message_id from events order by position");
    }

    private List<String> hot() throws Exception {
        return store.ask("select position, message_id from hot_events order by position");
    }

    @Test
    void aFinishedDayBecomesAFileThatAnyToolReads() throws Exception {
        load(track("b"), track("a"), track("next", onDay(1)));

        store.sealer.seal(onDay(1));

        assertThat(hot()).containsExactly("3|next");
        assertThat(events()).containsExactly("1|b", "2|a", "3|next");
        Path file = directory.resolve("events").resolve("day=2026-05-20").resolve("1-2.parquet");
        try (Connection other = new DuckDBDriver().connect("jdbc:duckdb:", new Properties())) {
            assertThat(Questions.rows(other, "select message_id, user_id, name from '" + file + "'"))
                    .containsExactly("a|u1|Product Viewed", "b|u1|Product Viewed");
            assertThat(Questions.rows(other, "select distinct compression from parquet_metadata('" + file + "')"))
                    .containsExactly("ZSTD");
        }
    }

    @Test
    void aDayIsFinishedAnHourAfterItsEnd() throws Exception {
        Instant midnight = Instant.parse("2026-05-21T00:00:00Z");
        load(track("last", midnight.minusMillis(1)), track("first", midnight));

        store.sealer.seal(midnight.plus(Sealer.GRACE).minusMillis(1));
        assertThat(hot()).hasSize(2);

        store.sealer.seal(midnight.plus(Sealer.GRACE));
        assertThat(hot()).containsExactly("2|first");
    }

    @Test
    void theLogMayForgetWhatStandsBeforeTheFirstUnsealedRow() throws Exception {
        load(track("a"), track("ahead", onDay(1)), track("b"));

        store.sealer.seal(onDay(1));
        assertThat(log.releasedPosition()).isEqualTo(1);

        store.sealer.seal(onDay(2));
        assertThat(log.releasedPosition()).isEqualTo(3);
    }

    @Test
    void aFileThatDidNotGetIntoTheTablesIsNotSealedAgain() throws Exception {
        load(track("a"), track("b"));
        store.folder.publish(store.sealer.write(LocalDate.parse("2026-05-20")).orElseThrow());
        load(track("x", onDay(1)), track("late"));

        store.sealer.seal(onDay(1));
        store.close();
        store = StoreParts.open(directory, log);

        assertThat(store.folder.files())
                .extracting(SealedFile::name)
                .containsExactly("day=2026-05-20/1-2.parquet", "day=2026-05-20/4-4.parquet");
        assertThat(events()).containsExactly("1|a", "2|b", "3|x", "4|late");
    }

    @Test
    void twoFilesOfTheSameMessagesAreRefused() throws Exception {
        load(track("a"), track("b"));
        store.sealer.seal(onDay(1));
        Path day = directory.resolve("events").resolve("day=2026-05-20");
        Files.copy(day.resolve("1-2.parquet"), day.resolve("2-2.parquet"));

        assertThatThrownBy(() -> store.sealer.seal(onDay(1)))
                .isInstanceOf(EventStoreException.class)
                .hasMessageContaining("2-2.parquet");
        assertThat(events()).hasSize(2);
    }

    @Test
    void largeMessagesMakeSmallGroupsOfRows() throws Exception {
        String large = "{\"text\": \"" + "x".repeat(20_000) + "\"}";
        for (int i = 0; i < 30; i++) {
            int from = i * 100;
            load(IntStream.range(from, from + 100)
                    .mapToObj(k -> message("m" + k).user("u").properties(large).build())
                    .toArray(Message[]::new));
        }

        store.sealer.seal(onDay(1));

        assertThat(store.ask("select max(row_group_num_rows) from parquet_metadata('"
                        + store.folder.of(store.folder.files().get(0)) + "')"))
                .containsExactly("2048");
    }

    @Test
    void messagesOfASealedDayThatComeLaterMakeAnotherFile() throws Exception {
        load(track("a"));
        store.sealer.seal(onDay(1));
        load(track("x", onDay(1)), track("clock went back"));

        store.sealer.seal(onDay(1));

        assertThat(store.folder.files())
                .extracting(SealedFile::name)
                .containsExactly("day=2026-05-20/1-1.parquet", "day=2026-05-20/3-3.parquet");
        assertThat(events()).containsExactly("1|a", "2|x", "3|clock went back");
    }

    @Test
    void anIdThatCameAgainAfterTheLogForgotItStaysWhereItCameFirst() throws Exception {
        load(track("a"), track("b"));
        store.sealer.seal(onDay(1));
        load(track("a", onDay(9)), track("c", onDay(9)), track("c", onDay(20)), track("c", onDay(9)));

        store.sealer.seal(onDay(10));
        assertThat(events()).containsExactly("1|a", "2|b", "4|c", "5|c");

        store.sealer.seal(onDay(30));
        assertThat(events()).containsExactly("1|a", "2|b", "4|c");
        assertThat(store.ask("select sum(events) from event_names")).containsExactly("3");
        assertThat(store.ask("select sum(messages) from sealed_files")).containsExactly("6");
    }

    @Test
    void theWatermarkForgetsARepeatedMessage() throws Exception {
        Message again =
                message("a").user("u1").time(onDay(9)).receivedAt(onDay(9)).build();
        load(track("a"), again);
        assertThat(store.database.read(Loaded::read).latest()).contains(onDay(9));

        store.sealer.seal(onDay(20));

        assertThat(store.database.read(Loaded::read).latest()).contains(NOON);
    }

    @Test
    void aReaderSeesItsSnapshotOverASeal() throws Exception {
        load(track("a"), track("b"));

        List<List<String>> seen = store.database.read(connection -> {
            List<List<String>> answers = new ArrayList<>();
            answers.add(Questions.rows(connection, "select message_id from events order by 1"));
            try {
                store.sealer.seal(onDay(1));
            } catch (java.io.IOException failure) {
                throw new java.io.UncheckedIOException(failure);
            }
            answers.add(Questions.rows(connection, "select message_id from events order by 1"));
            answers.add(Questions.rows(connection, "select count(*) from hot_events"));
            return answers;
        });

        assertThat(seen).containsExactly(List.of("a", "b"), List.of("a", "b"), List.of("2"));
        assertThat(events()).containsExactly("1|a", "2|b");
    }

    @Test
    void readersNeverMissADayNorSeeItTwice() throws Exception {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            messages.add(track("m" + i, onDay(i / 200)));
        }
        load(messages.toArray(new Message[0]));
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<List<String>> wrong = CompletableFuture.supplyAsync(() -> {
            List<String> found = new ArrayList<>();
            try {
                while (!done.get()) {
                    store.ask("select count(*), count(distinct position) from events").stream()
                            .filter(answer -> !answer.equals("4000|4000"))
                            .forEach(found::add);
                }
            } catch (java.sql.SQLException failure) {
                found.add(failure.toString());
            }
            return found;
        });

        for (int day = 1; day <= 20; day++) {
            store.sealer.seal(onDay(day));
        }
        done.set(true);

        assertThat(wrong.join()).isEmpty();
        assertThat(hot()).isEmpty();
    }
}
