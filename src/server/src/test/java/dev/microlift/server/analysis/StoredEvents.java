package dev.microlift.server.analysis;

import static dev.microlift.server.analysis.Events.at;

import dev.microlift.server.SettableClock;
import dev.microlift.server.document.Documents;
import dev.microlift.server.document.Faults;
import dev.microlift.server.eventlog.MemoryEventLog;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventstore.DuckDbEventStore;
import dev.microlift.server.eventstore.EventStore;
import dev.microlift.server.eventstore.StoreForTests;
import dev.microlift.server.journey.Journey;
import dev.microlift.server.journey.JourneyReader;
import dev.microlift.server.journey.Step;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store of one's own, and the questions that tests ask of it. */
abstract class StoredEvents {

    static final Instant NOW = at(Duration.ofDays(60).toMillis());

    static final List<Step> SHOP = steps("""
            {"key": "view", "event": "View"},
            {"key": "cart", "event": "Cart"}""", """
            {"key": "buy", "event": "Buy", "value": "revenue"}""");

    @TempDir
    Path directory;

    private final MemoryEventLog log = new MemoryEventLog();
    private DuckDbEventStore store;
    private Analysis analysis;

    @BeforeEach
    void open() {
        SettableClock clock = new SettableClock(NOW);
        store = StoreForTests.open(directory, log, clock);
        analysis = new Analysis(store, new SmallReports(), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** How much the database may take from now on. */
    void limitMemory(String most) {
        store.read(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("set memory_limit = '" + most + "'");
            }
        });
    }

    static List<Step> steps(String micro, String goal) {
        Faults faults = new Faults();
        Journey journey = JourneyReader.read(
                        Documents.parse("{\"key\": \"j\", \"steps\": [" + micro + "], \"goal\": " + goal + "}"), faults)
                .orElseThrow(() -> new AssertionError(faults.all().toString()));
        return journey.steps();
    }

    static final class Ask {
        List<Step> steps = SHOP;
        String unitType = "user";
        Set<String> overridden = Set.of();

        @Nullable
        Duration window;

        @Nullable
        Instant started;

        @Nullable
        Instant end;

        @Nullable
        Instant asOf;

        @Nullable
        Instant from;

        @Nullable
        Instant to;

        Population population = Population.ALL;
        StepOrder order = StepOrder.FURTHEST;

        Question question() {
            return new Question(
                    new Scope.OfExperiment("exp", List.of("c", "t"), overridden, null, null),
                    unitType,
                    steps,
                    new FollowUp(window, null, started, end),
                    new Period(from, to, asOf, NOW),
                    population,
                    Detail.NONE);
        }
    }

    void store(Message... messages) {
        store(List.of(messages));
    }

    void store(List<Message> messages) {
        log.append(messages);
    }

    EventStore events() {
        return store;
    }

    Analysis analysis() {
        return analysis;
    }

    Answer ask(Ask ask) {
        return ask(ask.question());
    }

    Answer ask(Question question) {
        return analysis.ask(question);
    }

    /** Asks somebody who gives up after a while. */
    Answer askWithin(Duration atMost, Question question) {
        return new Analysis(store, new SmallReports(atMost, 2, 4, Duration.ofDays(1)), new SettableClock(NOW))
                .ask(question);
    }

    /** Asks somebody who never heard of it before. */
    Answer askAfresh(Question question) {
        return new Analysis(store, new SmallReports(), new SettableClock(NOW)).ask(question);
    }

    Arm control(Ask ask) {
        return ask(ask).arms().get(0);
    }

    /** How many of the arm's units reached each required step. */
    static List<Long> reach(Ask ask, Arm arm) {
        return new Reach(ask.steps).reach(arm, ask.order);
    }

    /** How many units of the control reached each required step. */
    List<Long> reach(Ask ask) {
        return reach(ask, control(ask));
    }
}
