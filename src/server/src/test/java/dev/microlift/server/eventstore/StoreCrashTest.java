package dev.microlift.server.eventstore;

import static dev.microlift.server.eventlog.SampleMessages.NOON;
import static dev.microlift.server.eventlog.SampleMessages.track;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.SettableClock;
import dev.microlift.server.eventlog.MemoryEventLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whenever the process ends, the next start has every message of the log once. */
class StoreCrashTest {

    @TempDir
    Path directory;

    private final MemoryEventLog log = new MemoryEventLog();
    private int images;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyBatchesAndAnyEndLeaveEveryMessageOnce(long seed) throws Exception {
        Random random = new Random(seed);
        Instant now = NOON;
        try (StoreParts store = StoreParts.open(directory.resolve("store"), log)) {
            for (int round = 0; round < 4; round++) {
                int more = 1 + random.nextInt(400);
                for (int i = 0; i < more; i++) {
                    // The clock sometimes goes back by a day.
                    Instant received = random.nextInt(20) == 0 ? now.minus(Duration.ofDays(1)) : now;
                    log.append(track("m" + log.lastPosition(), received));
                    now = now.plus(Duration.ofMinutes(random.nextInt(10)));
                }
                while (random.nextInt(5) > 0 && store.loadSome(1 + random.nextInt(200))) {
                    expectEverything(store);
                }
                for (LocalDate day : store.sealer.finishedDays(now)) {
                    seal(store, day);
                }
                store.sealer.release();
                expectEverything(store);
            }
        }
    }

    @Test
    void anEndInTheMiddleOfATransactionLeavesNothingOfIt() throws Exception {
        for (int i = 0; i < 500; i++) {
            log.append(track("m" + i));
        }
        try (StoreParts store = StoreParts.open(directory.resolve("store"), log);
                DuckDBConnection connection = store.database.connect()) {
            store.load();
            store.database.write(connection, statement -> {
                statement.execute("delete from hot_events where position > 100");
                statement.execute("update loaded set position = 10000");
                try {
                    expectEverything(store);
                } catch (Exception failure) {
                    throw new IllegalStateException(failure);
                }
            });
        }
    }

    private void seal(StoreParts store, LocalDate day) throws Exception {
        SealedFile file = store.sealer.write(day).orElseThrow();
        expectEverything(store);
        store.folder.publish(file);
        expectEverything(store);
        store.sealed.register(file);
        expectEverything(store);
    }

    /** What is left of a process that ends now is opened, and must answer from all that the log has. */
    private void expectEverything(StoreParts store) throws Exception {
        Path image = store.crashImage(Files.createDirectory(directory.resolve("image" + images++)));
        try (DuckDbEventStore restarted = StoreForTests.open(image, log, new SettableClock(NOON))) {
            long all = log.lastPosition();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < all; i++) {
                expected.add((i + 1) + "|m" + i);
            }
            assertThat(Questions.ask(restarted, "select position, message_id from events order by position"))
                    .isEqualTo(expected);
            assertThat(Questions.ask(restarted, "select sum(events) from event_names"))
                    .containsExactly(Long.toString(all));
        }
    }
}
