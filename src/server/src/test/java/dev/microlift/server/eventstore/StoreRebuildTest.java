package dev.microlift.server.eventstore;

import static dev.microlift.server.eventlog.SampleMessages.NOON;
import static dev.microlift.server.eventlog.SampleMessages.identify;
import static dev.microlift.server.eventlog.SampleMessages.track;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microlift.server.SettableClock;
import dev.microlift.server.eventlog.MemoryEventLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreRebuildTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final List<String> QUESTIONS = List.of(
            "select * from events order by position",
            "select * from hot_events order by position",
            "select * from links order by all",
            "select * from loaded",
            "select * from sealed_files order by all",
            "select day, sealed, kind, name, property, sum(events), min(first_ms), max(last_ms) from event_names"
                    + " group by all order by all");

    @TempDir
    Path directory;

    private final MemoryEventLog log = new MemoryEventLog(false);
    private final List<String> told = new ArrayList<>();

    /** Five days, three of them sealed, one of them twice, with ids that came again. */
    @BeforeEach
    void fill() throws Exception {
        try (StoreParts store = StoreParts.open(directory, log)) {
            for (int day = 0; day < 5; day++) {
                Instant received = NOON.plus(DAY.multipliedBy(day));
                for (int i = 0; i < 50; i++) {
                    log.append(track("d" + day + "-" + i, received));
                }
                log.append(track("again", received), identify("i" + day, "a" + day, "u", NOON));
                store.load();
                if (day == 2) {
                    store.sealer.seal(received);
                    log.append(track("clock went back", NOON));
                }
            }
            store.load();
            store.sealer.seal(NOON.plus(DAY.multipliedBy(3)));
        }
        assertThat(SealedFolder.in(directory).files()).hasSize(4);
    }

    private List<List<String>> answers() throws Exception {
        try (DuckDbEventStore store = StoreForTests.open(directory, log, new SettableClock(NOON))) {
            List<List<String>> answers = new ArrayList<>();
            QUESTIONS.forEach(question -> answers.add(Questions.ask(store, question)));
            return answers;
        }
    }

    private void rebuild(boolean acceptsLoss) {
        new StoreRebuild(directory, new SmallStore(), log, acceptsLoss, told::add).run();
    }

    private Path sealedFile() throws Exception {
        return SealedFolder.in(directory).of(SealedFolder.in(directory).files().get(2));
    }

    @Test
    void theStoreMadeAnewAnswersEverythingAlike() throws Exception {
        List<List<String>> before = answers();
        assertThat(before).noneMatch(List::isEmpty);
        log.dropReleased();

        rebuild(false);

        assertThat(answers()).isEqualTo(before);
        assertThat(told).contains("sealed file day=2026-05-21/53-103.parquet");
        assertThat(directory.resolve("events-rebuild")).doesNotExist();
    }

    @Test
    void whatTheLogHasReleasedIsNotLost() throws Exception {
        log.dropReleased();
        assertThat(log.firstPosition()).isGreaterThan(1);

        rebuild(false);

        assertThat(log.lost()).isZero();
    }

    @Test
    void aMissingFileIsMadeAnewAtTheStart() throws Exception {
        List<List<String>> before = answers();
        Files.delete(directory.resolve(DuckDb.FILE));

        assertThat(answers()).isEqualTo(before);
    }

    @Test
    void aDamagedDatabaseIsRefusedNamingTheWayOut() throws Exception {
        List<List<String>> before = answers();
        Files.write(
                directory.resolve(DuckDb.FILE),
                "not a database at all".repeat(1000).getBytes(UTF_8));

        assertThatThrownBy(this::answers)
                .isInstanceOf(EventStoreException.class)
                .hasMessageContaining("rebuild-store");

        rebuild(false);
        assertThat(answers()).isEqualTo(before);
    }

    @Test
    void aSealedFileThatCannotBeReadIsNamedAndNothingChanges() throws Exception {
        List<List<String>> before = answers();
        Path damaged = sealedFile();
        byte[] good = Files.readAllBytes(damaged);
        Files.write(damaged, new byte[good.length]);

        assertThatThrownBy(() -> rebuild(true))
                .isInstanceOf(EventStoreException.class)
                .hasMessageContaining(damaged.toString());

        Files.write(damaged, good);
        assertThat(answers()).isEqualTo(before);
    }

    @Test
    void messagesThatAreNowhereAnyMoreAreMissed() throws Exception {
        log.dropReleased();
        Files.delete(sealedFile());

        assertThatThrownBy(this::answers)
                .isInstanceOf(EventStoreException.class)
                .hasMessageContaining("is missing");
        assertThatThrownBy(() -> rebuild(false))
                .isInstanceOf(EventStoreException.class)
                .hasMessageContaining("261 messages 51 are missing")
                .hasMessageContaining("--accept-loss");

        rebuild(true);
        assertThat(answers().get(3)).isNotEmpty();
    }

    @Test
    void aSealedFileOfALongerLogIsRefused() throws Exception {
        Files.delete(directory.resolve(DuckDb.FILE));

        assertThatThrownBy(() -> StoreForTests.open(directory, new MemoryEventLog(), new SettableClock(NOON)))
                .isInstanceOf(EventStoreException.class)
                .hasMessageContaining("do not belong together");
    }

    @Test
    void whatAnEndedRebuildLeftIsNoHindrance() throws Exception {
        List<List<String>> before = answers();
        Path left = Files.createDirectories(directory.resolve("events-rebuild"));
        Files.writeString(left.resolve(DuckDb.FILE), "half");

        rebuild(false);

        assertThat(answers()).isEqualTo(before);
    }
}
