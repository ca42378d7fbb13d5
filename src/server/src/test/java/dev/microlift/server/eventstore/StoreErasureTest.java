package dev.microlift.server.eventstore;

import static dev.microlift.server.eventlog.MessageBuilder.message;
import static dev.microlift.server.eventlog.SampleMessages.NOON;
import static dev.microlift.server.eventlog.SampleMessages.track;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microlift.server.DataFiles;
import dev.microlift.server.SettableClock;
import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.MemoryEventLog;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventlog.Selection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreErasureTest {

    private static final String ERIKA = "erika's-4711";
    private static final Selection.OfUnit OF_ERIKA = new Selection.OfUnit("user", ERIKA);
    private static final Instant NEXT_DAY = NOON.plus(Duration.ofDays(1));
    private static final String NAMES =
            "select day, sealed, kind, name, property, sum(events), min(first_ms), max(last_ms)"
                    + " from event_names group by all order by all";

    @TempDir
    Path directory;

    private final MemoryEventLog log = new MemoryEventLog();

    private static Message ofErika(String messageId, Instant receivedAt) {
        return message(messageId)
                .user(ERIKA)
                .event("Seen by " + messageId)
                .properties("{\"of\": \"" + ERIKA + "\"}")
                .time(receivedAt)
                .receivedAt(receivedAt)
                .build();
    }

    /** Two days, the first of them sealed; Erika was there on both. */
    @BeforeEach
    void fill() throws Exception {
        try (StoreParts store = StoreParts.open(directory, log)) {
            for (int day = 0; day < 2; day++) {
                Instant received = NOON.plus(Duration.ofDays(day));
                for (int i = 0; i < 3_000; i++) {
                    log.append(
                            i % 100 == 7
                                    ? ofErika("e" + day + "-" + i, received)
                                    : track("m" + day + "-" + i, received));
                }
                store.load();
            }
            store.sealer.seal(NEXT_DAY);
        }
        assertThat(SealedFolder.in(directory).files()).hasSize(1);
        log.erase(OF_ERIKA);
    }

    private static List<String> erikas(StoreParts store) throws Exception {
        return store.ask("select message_id from events where user_id = 'erika''s-4711' or properties like '%4711%'");
    }

    private List<List<String>> answersAfterARebuild() throws Exception {
        Files.delete(directory.resolve(DuckDb.FILE));
        try (DuckDbEventStore store = StoreForTests.open(directory, log, new SettableClock(NEXT_DAY))) {
            return List.of(
                    Questions.ask(store, NAMES),
                    Questions.ask(store, "select * from events order by position"),
                    Questions.ask(store, "select * from loaded"));
        }
    }

    @Test
    void neitherRowsNorBytesAreLeft() throws Exception {
        assertThat(DataFiles.with(directory, "erika")).isNotEmpty();
        try (DuckDbEventStore store = StoreForTests.open(directory, log, new SettableClock(NEXT_DAY))) {
            assertThat(store.erase(OF_ERIKA)).isEqualTo(60);
            assertThat(DataFiles.with(directory, "erika")).isEmpty();
            assertThat(DataFiles.with(directory, "4711")).isEmpty();
            assertThat(Questions.ask(store, "select count(*), count(distinct user_id) from events"))
                    .containsExactly("5940|1");
            assertThat(Questions.ask(store, "select count(*) from event_names where name like 'Seen by%'"))
                    .containsExactly("0");
        }
        assertThat(DataFiles.with(directory, "erika")).isEmpty();
    }

    @Test
    void aUnitIsErasedOnceTheDiskHasRoomForItAndNothingIsTouchedBefore() throws Exception {
        AtomicLong room = new AtomicLong();
        try (DuckDbEventStore store = DuckDbEventStore.open(
                directory, new SmallStore(), log, new Room(room), new SettableClock(NEXT_DAY), batch -> {})) {
            long bytes = store.bytes();
            assertThatThrownBy(() -> store.erase(OF_ERIKA)).isInstanceOf(NoRoomException.class);
            assertThat(store.bytes()).isEqualTo(bytes);

            room.set(bytes);
            assertThat(store.erase(OF_ERIKA)).isEqualTo(60);
            assertThat(DataFiles.with(directory, "erika")).isEmpty();
        }
    }

    @Test
    void messagesGoOnBeingLoadedAfterwards() throws Exception {
        try (DuckDbEventStore store = StoreForTests.open(directory, log, new SettableClock(NEXT_DAY))) {
            store.erase(OF_ERIKA);
            log.append(track("later", NEXT_DAY));
            assertThat(Questions.ask(store, "select position from events where message_id = 'later'"))
                    .containsExactly("6001");
        }
    }

    @Test
    void theStoreMadeAnewAnswersTheSame() throws Exception {
        List<List<String>> before;
        try (DuckDbEventStore store = StoreForTests.open(directory, log, new SettableClock(NEXT_DAY))) {
            store.erase(OF_ERIKA);
            before = List.of(
                    Questions.ask(store, NAMES),
                    Questions.ask(store, "select * from events order by position"),
                    Questions.ask(store, "select * from loaded"));
        }

        assertThat(answersAfterARebuild()).isEqualTo(before);
    }

    @Test
    void theFileOfADayStandsAlsoForWhatWasErasedBeforeItWasSealed() throws Exception {
        Instant thirdDay = NEXT_DAY.plus(Duration.ofDays(1));
        log.append(ofErika("alone", thirdDay));
        log.append(track("last", thirdDay.plus(Duration.ofDays(1))));
        try (StoreParts store = StoreParts.open(directory, log)) {
            store.load();
            log.erase(OF_ERIKA);
            store.sealer.erase(OF_ERIKA);
            store.sealer.seal(thirdDay.plus(Duration.ofDays(1)));
            assertThat(store.folder.files())
                    .extracting(SealedFile::name)
                    .endsWith("day=2026-05-21/3001-6000.parquet", "day=2026-05-22/6001-6001.parquet");
            assertThat(store.ask("select count(*) from erased")).containsExactly("0");
        }

        List<List<String>> answers = answersAfterARebuild();

        assertThat(answers.get(1)).hasSize(5_941);
    }

    @Test
    void whatWasErasedBeforeItWasLoadedIsCountedToo() throws Exception {
        log.append(ofErika("unseen", NEXT_DAY));
        log.erase(OF_ERIKA);
        try (StoreParts store = StoreParts.open(directory, log)) {
            store.load();
            store.sealer.erase(OF_ERIKA);
            store.sealer.seal(NEXT_DAY.plus(Duration.ofDays(1)));
            assertThat(store.folder.files()).extracting(SealedFile::name).endsWith("day=2026-05-21/3001-6001.parquet");
        }

        assertThat(answersAfterARebuild().get(1)).hasSize(5_940);
    }

    @Test
    void eachStepMayBeTheLastOfAProcessAndTheNextOneFinishes(@TempDir Path images) throws Exception {
        String doomed = SelectedRows.condition(OF_ERIKA);
        List<Path> ends = new ArrayList<>();
        try (StoreParts store = StoreParts.open(directory, log)) {
            StoreEraser eraser = new StoreEraser(store.database, store.folder);
            ends.add(store.crashImage(images.resolve("before")));
            eraser.eraseSealed(SealedFolder.in(directory).files().get(0), doomed);
            Files.writeString(store.folder.unfinished(), "left over of " + ERIKA);
            ends.add(store.crashImage(images.resolve("sealed")));
            eraser.eraseUnsealed(doomed);
            Files.createDirectories(directory.resolve("events-anew"));
            Files.createDirectories(directory.resolve("events-rebuild"));
            Files.writeString(directory.resolve("events-rebuild").resolve(DuckDb.FILE), "left over of " + ERIKA);
            Files.writeString(directory.resolve("events-anew").resolve(DuckDb.FILE), "left over of " + ERIKA);
            ends.add(store.crashImage(images.resolve("unsealed")));
        }
        for (Path end : ends) {
            try (StoreParts store = StoreParts.open(end, log)) {
                store.sealer.erase(OF_ERIKA);
                assertThat(erikas(store)).isEmpty();
                assertThat(store.ask("select count(*) from events")).containsExactly("5940");
                assertThat(store.ask("select count(*) from event_names where name like 'Seen by%'"))
                        .containsExactly("0");
            }
            try (Stream<Path> files = Files.walk(end)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(new String(Files.readAllBytes(file), ISO_8859_1).contains("erika"))
                            .as("%s", file)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void aMessageCarriesTheIdOfItsTypeAmongItsUnitsOrAsAFormerId() throws Exception {
        log.append(
                message("account").units(Map.of("account", "a9")).build(),
                message("other account").units(Map.of("account", "a8")).build(),
                message("user a9").user("a9").build(),
                message("alias")
                        .kind(Kind.ALIAS)
                        .event("alias")
                        .user("new")
                        .properties("{\"previousId\": \"a9\"}")
                        .build());
        try (DuckDbEventStore store = StoreForTests.open(directory, log, new SettableClock(NEXT_DAY))) {
            assertThat(ids(store, new Selection.OfUnit("account", "a9"))).containsExactly("account");
            assertThat(ids(store, new Selection.OfUnit("user", "a9"))).containsExactlyInAnyOrder("user a9", "alias");
            assertThat(ids(store, new Selection.OfUnit("anonymous", "a9"))).containsExactly("alias");
        }
    }

    private static List<String> ids(DuckDbEventStore store, Selection.OfUnit unit) {
        List<String> ids = new ArrayList<>();
        store.eachOf(unit, event -> ids.add(event.messageId()));
        return ids;
    }

    @Test
    void idsThatCameInOneMessageAreLinkedAndThoseOfOthersAreMarked() throws Exception {
        log.append(
                message("l1").user("u7").visitor("own").build(),
                message("l2").user("u7").visitor("shared").build(),
                message("l3").user("u8").visitor("shared").build(),
                message("l4").user("u8").visitor("not theirs").build());
        try (DuckDbEventStore store = StoreForTests.open(directory, log, new SettableClock(NEXT_DAY))) {
            assertThat(store.linkedTo(new Selection.OfUnit("user", "u7")))
                    .containsExactly(
                            new LinkedUnit("anonymous", "own", false), new LinkedUnit("anonymous", "shared", true));
            assertThat(store.linkedTo(new Selection.OfUnit("account", "u7"))).isEmpty();
        }
    }

    @Test
    void expiredEventsGoByNameAndDayOfReceipt() throws Exception {
        Instant midnight = Instant.parse("2026-05-21T00:00:00Z");
        Selection expired = new Selection.Expired(Map.of("Product Viewed", midnight), Optional.empty(), false);
        try (DuckDbEventStore store = StoreForTests.open(directory, log, new SettableClock(NEXT_DAY))) {
            assertThat(store.erase(expired)).isEqualTo(2_970);
            assertThat(Questions.ask(store, "select count(*) from events where name = 'Product Viewed'"))
                    .containsExactly("2970");
            assertThat(store.erase(new Selection.Expired(Map.of(), Optional.of(midnight), false)))
                    .isEqualTo(30);
            assertThat(SealedFolder.in(directory).files()).hasSize(1);
        }
        // Erika's messages of the second day are erased in the log already.
        assertThat(answersAfterARebuild().get(1)).hasSize(2_970);
    }
}
