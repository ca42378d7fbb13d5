package dev.microlift.server.unitfacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.SettableClock;
import dev.microlift.server.analysis.PastUnitsForTests;
import dev.microlift.server.eventlog.MemoryEventLog;
import dev.microlift.server.eventstore.DuckDbEventStore;
import dev.microlift.server.eventstore.StoreForTests;
import dev.microlift.server.journey.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitFactsTest {

    private static final Fact.Did VIEWED = new Fact.Did("user", Deeds.step("\"event\": \"View\""));
    private static final Fact.Did VIEWED_TWICE =
            new Fact.Did("user", Deeds.step("\"event\": \"View\", \"atLeast\": {\"count\": 2}"));
    private static final Fact.Did READ =
            new Fact.Did("user", Deeds.step("\"event\": \"Read\", \"atLeast\": {\"sum\": \"seconds\", \"value\": 30}"));

    /** Long enough for a machine that does much else meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final MemoryEventLog log = new MemoryEventLog();
    private DuckDbEventStore store;
    private UnitFacts facts;

    @BeforeEach
    void open() {
        store = StoreForTests.open(directory, log, new SettableClock(Deeds.RECEIVED.plusSeconds(3600)));
        facts = opened();
    }

    private UnitFacts opened() {
        return UnitFacts.open(directory, log, PastUnitsForTests.of(store), PATIENCE);
    }

    @AfterEach
    void close() {
        facts.close();
        store.close();
    }

    private void want(Fact... wanted) throws Exception {
        facts.want(List.of(wanted)).get(60, TimeUnit.SECONDS);
    }

    private boolean holds(Fact fact, String unit) {
        return facts.holds(fact.id(), unit);
    }

    private void view(String user) {
        log.append(Deeds.event(user, "View", "{}"));
    }

    private void read(String user, String seconds) {
        log.append(Deeds.event(user, "Read", "{\"seconds\": " + seconds + "}"));
    }

    @Test
    void whatWasAcknowledgedIsKnownAtOnce() throws Exception {
        want(VIEWED);
        for (int i = 0; i < 200; i++) {
            assertThat(holds(VIEWED, "u" + i)).isFalse();
            view("u" + i);
            assertThat(holds(VIEWED, "u" + i)).as("u" + i).isTrue();
        }
    }

    @Test
    void whatHappenedBeforeAFactWasWantedCountsToo() throws Exception {
        view("u1");
        read("u1", "20");
        want(VIEWED, READ);

        assertThat(holds(VIEWED, "u1")).isTrue();
        assertThat(holds(READ, "u1")).isFalse();
        read("u1", "10");
        assertThat(holds(READ, "u1")).isTrue();
    }

    @Test
    void aCountIsReachedByThatManyEvents() throws Exception {
        want(VIEWED_TWICE);
        view("u1");
        view("u2");
        assertThat(holds(VIEWED_TWICE, "u1")).isFalse();
        view("u1");

        assertThat(holds(VIEWED_TWICE, "u1")).isTrue();
        assertThat(holds(VIEWED_TWICE, "u2")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSumThatWasReachedMayFallAgain(boolean before) throws Exception {
        if (!before) {
            want(READ);
        }
        read("u1", "31");
        read("u1", "-5");
        read("u2", "29");
        read("u2", "\"7\"");
        want(READ);

        assertThat(holds(READ, "u1")).isTrue();
        assertThat(holds(READ, "u2")).isFalse();
    }

    @Test
    void whatRobotsSendIsNotRemembered() throws Exception {
        log.append(Deeds.byRobot("u1", "View"));
        want(VIEWED);
        log.append(Deeds.byRobot("u2", "View"));

        assertThat(holds(VIEWED, "u1")).isFalse();
        assertThat(holds(VIEWED, "u2")).isFalse();
    }

    @Test
    void factsAreAboutTheirUnitType() throws Exception {
        Step step = Deeds.step("\"event\": \"View\"");
        Fact ofAnonymous = new Fact.Did("anonymous", step);
        Fact ofAccount = new Fact.Did("account", step);
        want(VIEWED, ofAnonymous, ofAccount);
        log.append(Deeds.anonymous("a1", "View"));
        view("u1");

        assertThat(holds(ofAnonymous, "a1")).isTrue();
        assertThat(holds(ofAnonymous, "u1")).isFalse();
        assertThat(holds(VIEWED, "a1")).isFalse();
        assertThat(holds(ofAccount, "account of u1")).isTrue();
    }

    @Test
    void factsSurviveARestartAndCatchUpWithTheLog() throws Exception {
        want(VIEWED, VIEWED_TWICE);
        view("u1");
        view("u2");
        assertThat(holds(VIEWED, "u2")).isTrue();
        facts.close();
        view("u2");
        view("u3");
        facts = opened();
        want(VIEWED, VIEWED_TWICE);

        assertThat(holds(VIEWED, "u1")).isTrue();
        assertThat(holds(VIEWED, "u3")).isTrue();
        assertThat(holds(VIEWED_TWICE, "u2")).isTrue();
        assertThat(holds(VIEWED_TWICE, "u3")).isFalse();
    }

    @Test
    void aFactThatNobodyWantsIsForgottenAndCollectedAnewWhenItIsWantedAgain() throws Exception {
        want(VIEWED, VIEWED_TWICE);
        view("u1");
        assertThat(holds(VIEWED, "u1")).isTrue();
        want(VIEWED_TWICE);
        assertThat(holds(VIEWED, "u1")).isFalse();
        view("u1");
        want(VIEWED, VIEWED_TWICE);

        assertThat(holds(VIEWED, "u1")).isTrue();
        assertThat(holds(VIEWED_TWICE, "u1")).isTrue();
    }

    @Test
    void messagesThatTheLogLostAreCollectedFromTheStore() throws Exception {
        want(VIEWED);
        view("u1");
        assertThat(holds(VIEWED, "u1")).isTrue();
        facts.close();
        view("u2");
        store.read(connection -> true);
        log.release(log.lastPosition());
        log.dropReleased();
        view("u3");
        facts = opened();
        want(VIEWED);

        // Collected anew in the background; what was known is forgotten meanwhile.
        List<String> units = List.of("u1", "u2", "u3");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!units.stream().allMatch(unit -> holds(VIEWED, unit)) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(units).allMatch(unit -> holds(VIEWED, unit));
    }

    @Test
    void exposuresCountFromTheStartOfTheirExperiment() throws Exception {
        Fact saw = new Fact.Saw("user", "exp", "treatment", Deeds.RECEIVED);
        log.append(Deeds.exposure("early", "exp", "treatment", Deeds.RECEIVED.minusMillis(1)));
        log.append(Deeds.exposure("u1", "exp", "treatment", Deeds.RECEIVED));
        want(saw);
        log.append(
                Deeds.exposure("tardy", "exp", "treatment", Deeds.RECEIVED.minusMillis(1)),
                Deeds.exposure("u2", "exp", "treatment", Deeds.RECEIVED),
                Deeds.exposure("other", "exp", "control", Deeds.RECEIVED),
                Deeds.exposure("elsewhere", "exp2", "treatment", Deeds.RECEIVED));

        assertThat(holds(saw, "u1")).isTrue();
        assertThat(holds(saw, "u2")).isTrue();
        for (String unit : Set.of("early", "tardy", "other", "elsewhere")) {
            assertThat(holds(saw, unit)).as(unit).isFalse();
        }
    }

    /** Events before, while and after the past is collected, with restarts in between: no event counts twice or never. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyEventCountsExactlyOnce(long seed) throws Exception {
        Random random = new Random(seed);
        List<Fact.Did> wanted = new ArrayList<>();
        for (int count = 1; count <= 6; count++) {
            wanted.add(new Fact.Did(
                    "user", Deeds.step("\"event\": \"View\", \"atLeast\": {\"count\": " + 3 * count + "}")));
        }
        Map<String, Integer> truth = new HashMap<>();
        for (int round = 0; round < 6; round++) {
            for (int i = 0; i < 100; i++) {
                String user = "u" + random.nextInt(40);
                view(user);
                truth.merge(user, 1, Integer::sum);
                if (i == 50) {
                    // Not awaited: what follows arrives while the past is read.
                    var collecting = facts.want(wanted.subList(0, round + 1));
                    assertThat(collecting).isNotNull();
                }
            }
            if (random.nextBoolean()) {
                facts.close();
                facts = opened();
            }
        }
        facts.want(wanted).get(60, TimeUnit.SECONDS);

        truth.forEach((user, views) -> wanted.forEach(fact -> assertThat(holds(fact, user))
                .as(user + " with " + views + " views, for " + fact.total())
                .isEqualTo(views >= fact.total())));
    }
}
