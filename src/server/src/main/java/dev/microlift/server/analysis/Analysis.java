package dev.microlift.server.analysis;

import dev.microlift.server.eventstore.EventStore;
import dev.microlift.server.eventstore.LoaderLag;
import dev.microlift.server.journey.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks the event store about an experiment, on one snapshot. */
@ApplicationScoped
public class Analysis {

    private static final long FOREVER = Long.MAX_VALUE;
    private static final long EARLIEST = Long.MIN_VALUE;

    private static final String EXPOSED = Sql.file("exposed.sql");
    private static final String POPULATION = Sql.file("population.sql");
    private static final String STRAYS = Sql.file("strays.sql");
    private static final String WATERMARK = Sql.file("watermark.sql");
    private static final String STEP_EVENTS = Sql.file("step_events.sql");

    private final EventStore events;

    Analysis(EventStore events) {
        this.events = events;
    }

    /** Answers the question from all events stored so far. */
    public Answer ask(Question question) {
        return events.read(connection -> answer(question, connection));
    }

    /** How far answers are behind what was acknowledged. */
    public Lag lag() {
        LoaderLag lag = events.lag();
        return new Lag(lag.messages(), lag.age().toSeconds());
    }

    private static Answer answer(Question question, Connection connection) throws SQLException {
        collectExposed(question, connection);
        Counts units = units(question, connection);
        List<String> variants = question.scope().arms();
        List<ArmSums> sums = Stream.generate(() -> new ArmSums(question.steps()))
                .limit(variants.size())
                .toList();
        long lastEvent = follow(question, connection, sums);
        List<Arm> arms = new ArrayList<>();
        for (int v = 0; v < variants.size(); v++) {
            long exposed = units.compared[v];
            long matured = units.matured[v];
            long n = question.population() == Population.ALL ? exposed : matured;
            arms.add(sums.get(v).arm(variants.get(v), exposed, matured, n));
        }
        List<Long> none = variants.stream().map(variant -> 0L).toList();
        return new Answer(
                new Units(
                        units.all,
                        units.crossovers,
                        units.overridden,
                        units.bots,
                        strays(question, connection),
                        none,
                        0),
                arms,
                List.of(),
                List.of(),
                new Quality(List.of(), 0, 0),
                List.of(),
                units.all + units.bots == 0 ? null : Instant.ofEpochMilli(Math.max(units.lastChange, lastEvent)),
                watermark(connection),
                0);
    }

    private static Scope.OfExperiment experiment(Question question) {
        if (question.scope() instanceof Scope.OfExperiment experiment) {
            return experiment;
        }
        throw new IllegalArgumentException("traffic has no exposures");
    }

    private static void collectExposed(Question question, Connection connection) throws SQLException {
        boolean windowed = question.followUp().window() != null;
        List<Object> parameters = new ArrayList<>();
        Object variants =
                connection.createArrayOf("VARCHAR", question.scope().arms().toArray());
        parameters.add(variants);
        parameters.add(variants);
        parameters.add(experiment(question).key());
        parameters.add(millis(question.followUp().end(), FOREVER));
        parameters.add(millis(question.period().asOf(), FOREVER));
        if (question.followUp().window() != null) {
            parameters.add(question.followUp().window().toMillis());
        }
        parameters.add(millis(question.followUp().end(), FOREVER));
        parameters.add(connection.createArrayOf(
                "VARCHAR", experiment(question).overridden().toArray()));
        parameters.add(millis(question.period().from(), EARLIEST));
        parameters.add(millis(question.period().to(), FOREVER));
        String sql = UnitIds.fill(EXPOSED, question.unitType())
                .replace("{closes}", windowed ? "least(t0 + ?::bigint, ?::bigint)" : "?::bigint");
        try (PreparedStatement statement = prepare(connection, new Sql(sql, parameters))) {
            statement.execute();
        }
    }

    /** Counts of units; arrays by variant. */
    private static final class Counts {
        private final long[] compared;
        private final long[] matured;
        private long all;
        private long crossovers;
        private long overridden;
        private long bots;
        private long lastChange = EARLIEST;

        Counts(int variants) {
            compared = new long[variants];
            matured = new long[variants];
        }
    }

    private static Counts units(Question question, Connection connection) throws SQLException {
        Counts units = new Counts(question.scope().arms().size());
        Sql matured = matured(question);
        boolean closes =
                question.followUp().window() != null || question.followUp().end() != null;
        Sql sql = new Sql(POPULATION.replace("{matured}", matured.text()), matured.parameters());
        try (PreparedStatement statement = prepare(connection, sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                long count = row.getLong("units");
                String fate = row.getString("fate");
                boolean isBot = fate.equals("bot");
                units.all += isBot ? 0 : count;
                units.lastChange =
                        Math.max(units.lastChange, row.getLong(closes && !isBot ? "last_close" : "last_exposure"));
                switch (fate) {
                    case "bot" -> units.bots += count;
                    case "crossover" -> units.crossovers += count;
                    case "overridden" -> units.overridden += count;
                    default -> {
                        units.compared[row.getInt("variant_no")] = count;
                        units.matured[row.getInt("variant_no")] = row.getLong("matured");
                    }
                }
            }
        }
        return units;
    }

    /** Without a window nothing closes before the end, and figures are about everything until now. */
    private static Sql matured(Question question) {
        return question.followUp().window() == null
                ? Sql.of("true")
                : Sql.of("closes <= ?", question.period().knownUntil().toEpochMilli());
    }

    /** Folds what compared units did into the sums of their arms; gives the time of the last event. */
    private static long follow(Question question, Connection connection, List<ArmSums> arms) throws SQLException {
        List<Step> steps = question.steps();
        Sql columns = StepSql.columns(steps);
        Sql names = StepSql.names(steps);
        Sql population = question.population() == Population.ALL ? Sql.of("true") : matured(question);
        String sql = UnitIds.fill(STEP_EVENTS, question.unitType())
                .replace("{columns}", columns.text())
                .replace("{names}", names.text())
                .replace("{population}", population.text())
                .replace("{any_step}", StepSql.anyStep(steps));
        List<Object> parameters = new ArrayList<>(columns.parameters());
        parameters.addAll(names.parameters());
        parameters.add(millis(question.period().asOf(), FOREVER));
        parameters.addAll(population.parameters());
        try (PreparedStatement statement = prepare(connection, new Sql(sql, parameters));
                ResultSet rows = statement.executeQuery()) {
            return new StepEventRows(rows, steps).foldInto(arms);
        }
    }

    private static long strays(Question question, Connection connection) throws SQLException {
        Sql sql = Sql.of(
                STRAYS,
                experiment(question).key(),
                millis(question.period().asOf(), FOREVER),
                connection.createArrayOf("VARCHAR", question.scope().arms().toArray()));
        try (PreparedStatement statement = prepare(connection, sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong("exposures");
        }
    }

    private static @Nullable Instant watermark(Connection connection) throws SQLException {
        try (PreparedStatement statement = prepare(connection, Sql.of(WATERMARK));
                ResultSet row = statement.executeQuery()) {
            row.next();
            long latest = row.getLong("latest");
            return row.wasNull() ? null : Instant.ofEpochMilli(latest);
        }
    }

    static PreparedStatement prepare(Connection connection, Sql sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.text());
        for (int i = 0; i < sql.parameters().size(); i++) {
            statement.setObject(i + 1, sql.parameters().get(i));
        }
        return statement;
    }

    private static long millis(@Nullable Instant time, long otherwise) {
        return time == null ? otherwise : time.toEpochMilli();
    }
}
