package dev.microlift.benchmarks.trials;

import dev.microlift.server.analysis.Analysis;
import dev.microlift.server.analysis.Answer;
import dev.microlift.server.analysis.Detail;
import dev.microlift.server.analysis.FollowUp;
import dev.microlift.server.analysis.Period;
import dev.microlift.server.analysis.Population;
import dev.microlift.server.analysis.Question;
import dev.microlift.server.analysis.ReportSettings;
import dev.microlift.server.analysis.Scope;
import dev.microlift.server.journey.EventMatch;
import dev.microlift.server.journey.Step;
import dev.microlift.server.journey.StepRole;
import dev.microlift.server.journey.Threshold;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** How long the figures of a report take. */
final class ReportSpeed implements Program {

    private static final String UNITS = "--units";
    private static final String THREADS = "--threads";
    private static final String MEMORY = "--memory";
    private static final String HEAP_LOOP = "--heap-loop";

    /** For what is not measured, or not ours: to write all events in one order, and queries that count distinct values. */
    private static final String PLENTY = "12GB";

    private static final List<String> NAMES = List.of(
            "Products Searched",
            "Product Viewed",
            "Product Clicked",
            "Product Added",
            "Checkout Started",
            "Order Completed");
    private static final String GOAL = NAMES.get(NAMES.size() - 1);
    private static final Duration WINDOW = Duration.ofDays(7);
    private static final FollowUp PLAIN = new FollowUp(WINDOW, null, null, null);
    private static final FollowUp ADJUSTED = new FollowUp(WINDOW, Duration.ofDays(14), null, null);

    @Override
    public String name() {
        return "report";
    }

    @Override
    public String purpose() {
        return """
                writes events of a shop with six steps straight into an event store, about ten for each unit, and asks for
                the figures of one experiment: from nothing, with nothing new, and after one event in a hundred is new. In
                the same run the same rows go through a loop over objects in memory, and through one query for each
                metric in the same database: how many units reached each of the six steps, and the value of the goal, each
                with its own pass over exposures and events, in the form that platforms publish. What a report tells
                besides (ways, order, days, times, quality) is not asked of those queries. Both are done once without and
                once with what units did in the fortnight before their exposure, as an adjusted report needs it. What
                counts is the processor time of this process.""";
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option(UNITS, "1000000", "how many units are exposed"),
                new Option(THREADS, "1", "threads of the database"),
                new Option(MEMORY, "1GB", "memory of the database for reports; what they are compared with has plenty"),
                new Option(HEAP_LOOP, "1", "1 to compare with a loop in memory, which needs the heap for it; 2 not to"),
                Option.DIRECTORY,
                Option.SEED);
    }

    /** Settings with the values that hold by default, and time enough. */
    private record Settings() implements ReportSettings {

        @Override
        public Duration timeout() {
            return Duration.ofMinutes(30);
        }

        @Override
        public int atOnce() {
            return 2;
        }

        @Override
        public int kept() {
            return 32;
        }

        @Override
        public Duration keptFor() {
            return Duration.ofDays(1);
        }

        @Override
        public Optional<Path> channels() {
            return Optional.empty();
        }
    }

    @Override
    public Figures run(Arguments arguments, Progress progress) throws IOException, InterruptedException {
        try (Workspace workspace = Workspace.in(arguments.path(Option.DIRECTORY));
                GeneratedStore store = new GeneratedStore(
                        workspace.root().resolve("events.duckdb"), arguments.number(THREADS), PLENTY)) {
            store.run(GeneratedStore.text("generate_events.sql")
                    .replace("{seed}", Long.toString(arguments.seed()))
                    .replace("{units}", Integer.toString(arguments.number(UNITS))));
            store.run("checkpoint");
            store.loaded();
            String memory = arguments.text(MEMORY).orElse("1GB");
            store.limitMemory(memory);
            return measure(store, memory, arguments.number(HEAP_LOOP) == 1, progress);
        } catch (SQLException failure) {
            throw new IOException(failure);
        }
    }

    private static Figures measure(GeneratedStore store, String memory, boolean withHeapLoop, Progress progress)
            throws SQLException, IOException {
        long events = store.number("select count(*) from hot_events");
        progress.say(events + " events");
        Figures figures = new Figures().tell("events", events);
        fresh(store).ask(question(PLAIN));
        double cold = median(() -> fresh(store).ask(question(PLAIN)));
        figures.tell("from nothing", cold, "s");
        compareWithQueries(store, memory, cold, figures);
        if (withHeapLoop) {
            compareWithLoop(store, cold, figures);
        }
        bringUpToDate(store, cold, figures);
        return figures;
    }

    private static void compareWithQueries(GeneratedStore store, String memory, double cold, Figures figures)
            throws SQLException, IOException {
        double metrics = metrics(store, memory, "one_metric.sql");
        figures.tell("one query for each metric", metrics, "s");
        figures.require("one query for each metric, of from nothing", metrics / cold, "", Bound.atLeast(3));
        double adjusted = median(() -> fresh(store).ask(question(ADJUSTED)));
        figures.tell("adjusted, from nothing", adjusted, "s");
        double adjustedMetrics = metrics(store, memory, "one_adjusted_metric.sql");
        figures.tell("adjusted, one query for each metric", adjustedMetrics, "s");
        figures.require(
                "adjusted, one query for each metric, of from nothing",
                adjustedMetrics / adjusted,
                "",
                Bound.atLeast(3));
    }

    private static void compareWithLoop(GeneratedStore store, double cold, Figures figures)
            throws SQLException, IOException {
        HeapLoop loop = new HeapLoop(NAMES, WINDOW.toMillis());
        try (Connection connection = store.connect()) {
            loop.load(connection, Math.toIntExact(store.number("select count(*) from hot_events where not bot")));
        }
        loop.run();
        double byHand = median(loop::run);
        figures.tell("loop in memory", byHand, "s");
        figures.require("from nothing, of the loop in memory", cold / byHand, "", Bound.atMost(4));
    }

    private static void bringUpToDate(GeneratedStore store, double cold, Figures figures)
            throws SQLException, IOException {
        Analysis analysis = fresh(store);
        Answer before = analysis.ask(question(PLAIN));
        double same = median(() -> analysis.ask(question(PLAIN)));
        long more = store.number("select count(*) // 100 from hot_events");
        store.run(GeneratedStore.text("more_events.sql").replace("{count}", Long.toString(more)));
        store.loaded();
        double news = seconds(() -> analysis.ask(question(PLAIN)));
        Answer after = analysis.ask(question(PLAIN));
        figures.require("news change the answer", after.position() > before.position());
        figures.require(
                "kept up to date it is the answer from nothing",
                sameFigures(after, fresh(store).ask(question(PLAIN))));
        figures.require("nothing new, of from nothing", same / cold, "", Bound.atMost(0.1));
        figures.require("one in a hundred new, of from nothing", news / cold, "", Bound.atMost(0.3));
    }

    private static double metrics(GeneratedStore store, String memory, String form) throws SQLException, IOException {
        store.limitMemory(PLENTY);
        double seconds = median(() -> queries(store, form));
        store.limitMemory(memory);
        return seconds;
    }

    /** Asks for each metric by a query of its own, and gives how many there are. */
    private static int queries(GeneratedStore store, String form) throws SQLException, IOException {
        for (String name : NAMES) {
            store.run(metric(form, name, "1"));
        }
        store.run(metric(form, GOAL, "(properties->>'$.revenue')::double"));
        return NAMES.size() + 1;
    }

    private static String metric(String form, String event, String value) throws IOException {
        return GeneratedStore.text(form).replace("{event}", event).replace("{value}", value);
    }

    private static boolean sameFigures(Answer one, Answer other) {
        return one.units().equals(other.units())
                && IntStream.range(0, one.arms().size())
                        .allMatch(v -> one.arms()
                                        .get(v)
                                        .paths()
                                        .equals(other.arms().get(v).paths())
                                && one.arms()
                                        .get(v)
                                        .steps()
                                        .equals(other.arms().get(v).steps()));
    }

    /** One that has kept nothing yet. */
    private static Analysis fresh(GeneratedStore store) {
        return new Analysis(store, new Settings(), Clock.systemUTC());
    }

    private static Question question(FollowUp followUp) {
        List<Step> steps = IntStream.range(0, NAMES.size())
                .mapToObj(i -> step(NAMES.get(i), i == NAMES.size() - 1))
                .toList();
        return new Question(
                new Scope.OfExperiment("exp", List.of("control", "treatment"), Set.of(), null, null),
                "user",
                steps,
                followUp,
                Period.everything(Instant.parse("2026-03-01T00:00:00Z")),
                Population.MATURED,
                Detail.NONE);
    }

    private static Step step(String name, boolean isGoal) {
        return new Step(
                name,
                name,
                isGoal ? StepRole.MACRO : StepRole.MICRO,
                List.of(new EventMatch(name, List.of())),
                Threshold.ONE_EVENT,
                false,
                null,
                isGoal ? "revenue" : null);
    }

    /** Something that takes time. */
    @FunctionalInterface
    private interface Work {

        Object run() throws SQLException, IOException;
    }

    private static double median(Work work) throws SQLException, IOException {
        double[] seconds = {seconds(work), seconds(work), seconds(work)};
        Arrays.sort(seconds);
        return seconds[1];
    }

    private static double seconds(Work work) throws SQLException, IOException {
        ProcessorTime time = ProcessorTime.own();
        double start = time.seconds();
        work.run();
        return time.seconds() - start;
    }
}
