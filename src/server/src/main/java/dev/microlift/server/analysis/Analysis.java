package dev.microlift.server.analysis;

import dev.microlift.server.eventstore.EventStore;
import dev.microlift.server.eventstore.LoaderLag;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Answers questions about the events, each on one snapshot.
 *
 * <p>From the events come rows of units, from these the answer. Where a question knows everything there is, its rows are
 * kept, and the next answer looks only at what is new; where it speaks of a time in the past, they are derived for it.
 */
@Startup // so that its metrics are there before anybody asks
@ApplicationScoped
public class Analysis {

    private final EventStore events;
    private final ReportSettings settings;
    private final RollUps rollUps;
    private final Answers answers = new Answers();
    private final Semaphore working;
    private final Computations computations;
    private final ChannelRules channels;
    private final AnalysisMeters meters;

    /** Asks this store, for those who always wait for their answers, and shows nobody how long that takes. */
    public Analysis(EventStore events, ReportSettings settings, Clock clock) {
        this(events, settings, clock, new Computations(clock, Requester.PATIENT), new SimpleMeterRegistry());
    }

    /** Asks this store. */
    @Inject
    Analysis(EventStore events, ReportSettings settings, Clock clock, Computations computations, MeterRegistry meters) {
        this.meters = new AnalysisMeters(meters);
        this.events = events;
        this.computations = computations;
        this.settings = settings;
        this.rollUps = new RollUps(settings, clock);
        this.working = new Semaphore(settings.atOnce(), true);
        this.channels = settings.channels()
                .map(Analysis::channels)
                .orElseGet(() -> ChannelRules.parse(Sql.file("channels.txt")));
    }

    /** What is wrong is told with the setting's name, and without a cause: the last one is what the operator sees. */
    private static ChannelRules channels(Path file) {
        try {
            return ChannelRules.parse(Files.readString(file));
        } catch (IOException | IllegalArgumentException failure) {
            throw new IllegalStateException(
                    "MICROLIFT_REPORT_CHANNELS (microlift.report.channels) must be a file of rules of channels: "
                            + failure.getMessage());
        }
    }

    /**
     * Answers the question from all events stored so far. Those who ask the same at the same time share the work.
     *
     * @throws ProblemException if it takes too long, or is cancelled
     */
    public Answer ask(Question question) {
        return withUnits(Computation.What.FIGURES, question, (session, table) -> {
            Answers.State state = state(session);
            Optional<Answer> known = answers.find(question, state);
            if (known.isPresent()) {
                return known.get();
            }
            Aggregation.Result result =
                    new Aggregation(session, question, table.get(), time -> past(question, session, time)).answer();
            answers.keep(question, state, result);
            return result.answer();
        });
    }

    /**
     * Hands every unit of the question's population to the reader, in the order of their ids. The rows do not pass through
     * memory all at once.
     */
    public void export(Question question, Consumer<UnitRow> reader) {
        withUnits(Computation.What.UNITS, question, (session, rows) -> {
            new UnitQueries(session, question, rows.get()).export(reader);
            return true;
        });
    }

    /** Hands the ids of the units that are wanted to the reader, in their order. */
    public void audience(Question question, Audience audience, Consumer<String> reader) {
        withUnits(Computation.What.AUDIENCE, question, (session, rows) -> {
            new UnitQueries(session, question, rows.get()).audience(audience, reader);
            return true;
        });
    }

    /**
     * The figures of each day on which they changed, each with all that was known until its end. Values are not capped.
     * With a window it takes one look at the units; without one a look at the events for each day.
     */
    public List<TimePoint> timeSeries(Question question) {
        if (question.followUp().window() != null) {
            return series(question, UnitQueries::timeSeries);
        }
        List<TimePoint> points = new ArrayList<>();
        for (LocalDate day : series(question, UnitQueries::days)) {
            for (TimePoint point : series(atTheEndOf(day, question), units -> units.at(day))) {
                if (points.isEmpty() || !points.get(points.size() - 1).arms().equals(point.arms())) {
                    points.add(point);
                }
            }
        }
        return points;
    }

    /**
     * The same with one look at the units, but without a window no more than how many did each step, and how far they came
     * by the order {@link StepOrder#FURTHEST}.
     */
    public List<TimePoint> reachSeries(Question question) {
        return series(
                question, question.followUp().window() == null ? UnitQueries::reachSeries : UnitQueries::timeSeries);
    }

    /** Asks for something day by day. */
    @FunctionalInterface
    private interface DayByDay<T> {

        List<T> of(UnitQueries units) throws SQLException;
    }

    private <T> List<T> series(Question question, DayByDay<T> asked) {
        return withUnits(
                Computation.What.TIME_SERIES,
                question,
                (session, rows) -> asked.of(new UnitQueries(session, question, rows.get())));
    }

    private static Question atTheEndOf(LocalDate day, Question question) {
        Period period = question.period();
        Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return new Question(
                question.scope(),
                question.unitType(),
                question.steps(),
                question.followUp(),
                new Period(period.from(), period.to(), end, period.now()),
                question.population(),
                question.detail());
    }

    /** How many units there are so far, whether or not their windows have closed. */
    public List<LiveCount> live(Question question) {
        return withUnits(
                Computation.What.LIVE,
                question,
                (session, rows) -> new UnitQueries(session, question, rows.get()).live());
    }

    /** How far answers are behind what was acknowledged. */
    public Lag lag() {
        LoaderLag lag = events.lag();
        return new Lag(lag.messages(), lag.age().toSeconds());
    }

    private static Answers.State state(Session session) throws SQLException {
        return new Answers.State(
                session.position(),
                session.number(Sql.of("select count(*) from sealed_files")),
                session.number(Sql.of("select count(*) from events")));
    }

    /** The rows of units, derived when they are asked for. */
    @FunctionalInterface
    interface Rows {

        UnitTable get() throws SQLException;
    }

    /** Work on the rows of units. */
    @FunctionalInterface
    interface Work<T> {

        T on(Session session, Rows rows) throws SQLException;
    }

    /** Works on one snapshot, one at a time for a definition and a bounded number at once. */
    private <T> T withUnits(Computation.What what, Question question, Work<T> work) {
        return computations.run(
                what, question, computation -> meters.time(() -> withUnits(computation, question, work)));
    }

    private <T> T withUnits(Computation computation, Question question, Work<T> work) {
        RollUp rollUp = locked(Definition.of(question));
        List<RollUp> doomed = rollUps.takeDoomed();
        boolean committed = false;
        rollUp.begin();
        try {
            T result = events.derive(connection -> {
                Session session = new Session(connection, settings.timeout(), computation);
                session.tellProgress();
                for (RollUp old : doomed) {
                    old.drop(session);
                }
                return work.on(session, () -> table(question, rollUp, session));
            });
            rollUp.committed();
            committed = true;
            return result;
        } finally {
            if (!committed) {
                rollUps.giveBack(doomed);
            }
            release(rollUp);
        }
    }

    /** One that is kept as long as it is locked. */
    private RollUp locked(Definition definition) {
        while (true) {
            RollUp rollUp = rollUps.of(definition);
            acquire(rollUp);
            if (rollUps.keeps(definition, rollUp)) {
                return rollUp;
            }
            release(rollUp);
        }
    }

    private void release(RollUp rollUp) {
        working.release();
        rollUp.lock().unlock();
    }

    private UnitTable table(Question question, RollUp rollUp, Session session) throws SQLException {
        if (keeps(question)) {
            return rollUp.refresh(session, channels);
        }
        return derived(question, question.period(), session, "");
    }

    /** The rows as they were, beside those that are there already. */
    private UnitTable past(Question question, Session session, Instant before) throws SQLException {
        Derivation.forget(session);
        Period period = question.period();
        return derived(
                question, new Period(period.from(), period.to(), before, period.now()), session, "_at_planned_end");
    }

    private UnitTable derived(Question question, Period period, Session session, String suffix) throws SQLException {
        Derivation derivation = new Derivation(session, Definition.of(question), period, channels);
        Sql rows = derivation.units();
        session.execute(rows.within("create temporary table units" + suffix + " as ", ""));
        session.execute(derivation.unexposed().within("create temporary table unexposed" + suffix + " as ", ""));
        return new UnitTable(
                "temp.units" + suffix,
                "temp.unexposed" + suffix,
                derivation.strays(RollUp.NOTHING),
                session.position());
    }

    /** The period of traffic says which events make its units; that of an experiment only which units are meant. */
    private static boolean keeps(Question question) {
        Period period = question.period();
        return question.scope() instanceof Scope.OfTraffic ? period.isEverything() : period.asOf() == null;
    }

    private void acquire(RollUp rollUp) {
        try {
            if (rollUp.lock().tryLock(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                if (working.tryAcquire(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                rollUp.lock().unlock();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        throw new ProblemException(ErrorCode.UNAVAILABLE, "too many reports are being made; ask again later");
    }
}
