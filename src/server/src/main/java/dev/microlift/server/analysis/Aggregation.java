package dev.microlift.server.analysis;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes an answer from the rows of units. The database counts; what is not a whole number is added up in its own order. */
final class Aggregation {

    private static final String CAP = Sql.file("cap.sql");
    private static final String TOP_VALUES = Sql.file("top_values.sql");
    private static final String WITHOUT_STEP = Sql.file("without_step.sql");

    private static final Sql EVERYBODY = Sql.of("''");

    private final Session session;
    private final Question question;
    private final Definition definition;
    private final UnitTable table;
    private final PlannedEnd plannedEnd;
    private final Map<String, Sql> pieces = new HashMap<>();

    Aggregation(Session session, Question question, UnitTable table, PlannedEnd.Past past) {
        this.session = session;
        this.question = question;
        this.definition = Definition.of(question);
        this.table = table;
        this.plannedEnd = new PlannedEnd(session, question, past);
        Selection selection = Selection.of(question);
        pieces.put("units", Sql.of(table.units()));
        pieces.put("known", Sql.of(Long.toString(question.period().knownUntil().toEpochMilli())));
        pieces.put("matured", selection.matured());
        pieces.put("population", selection.population());
        pieces.put("in_period", selection.inPeriod());
        pieces.put("which", selection.which());
    }

    /** An answer, and the next time at which time alone changes it. */
    record Result(Answer answer, Instant changesAt) {}

    Result answer() throws SQLException {
        Census census = Census.of(session, question, pieces);
        long latest = session.number(Sql.of("select coalesce(watermark_ms, " + Long.MIN_VALUE + ") from loaded"));
        List<@Nullable Double> caps = caps(pieces);
        GroupTotals totals = GroupTotals.of(session, question, pieces, EVERYBODY, caps);
        List<Arm> everybody = totals.arms(totals.group(""), caps, times(census, latest));
        Answer answer = new Answer(
                census.units(table.strays(), withoutStep()),
                everybody,
                atPlannedEnd(everybody),
                segments(caps),
                census.days(),
                quality(census),
                new DailyPaths(session, question, table).days(),
                new Edges(session, question, pieces).of(everybody),
                census.isEmpty() ? null : Instant.ofEpochMilli(census.lastChange()),
                latest == Long.MIN_VALUE ? null : Instant.ofEpochMilli(latest),
                table.position());
        return new Result(
                answer, census.nextClose() == Long.MAX_VALUE ? Instant.MAX : Instant.ofEpochMilli(census.nextClose()));
    }

    private List<Arm> atPlannedEnd(List<Arm> everybody) throws SQLException {
        Optional<Map<String, Sql>> then = plannedEnd.pieces(pieces, everybody);
        return then.isEmpty() ? List.of() : arms(then.get());
    }

    private List<Arm> arms(Map<String, Sql> meant) throws SQLException {
        List<@Nullable Double> caps = caps(meant);
        GroupTotals totals = GroupTotals.of(session, question, meant, EVERYBODY, caps);
        return totals.arms(totals.group(""), caps, List.of());
    }

    private long withoutStep() throws SQLException {
        if (question.scope() instanceof Scope.OfExperiment) {
            return 0;
        }
        return session.number(Sql.fill(
                WITHOUT_STEP,
                Map.of(
                        "unit", UnitIds.unit(question.unitType(), true),
                        "links", UnitIds.links(question.unitType(), true),
                        "from", millis(question.period().from(), Long.MIN_VALUE),
                        "to", millis(question.period().to(), Long.MAX_VALUE),
                        "until", millis(question.period().asOf(), Long.MAX_VALUE),
                        "window", Sql.of(Long.toString(window())),
                        "population", Selection.of(question).population(),
                        "units", Sql.of(table.units()))));
    }

    private long window() {
        return question.followUp().unitWindow().map(Duration::toMillis).orElse(0L);
    }

    private static Sql millis(@Nullable Instant time, long otherwise) {
        return Sql.of(Long.toString(time == null ? otherwise : time.toEpochMilli()));
    }

    /** For each step the quantile of everybody's values that they are capped at; null for none. */
    private List<@Nullable Double> caps(Map<String, Sql> meant) throws SQLException {
        List<@Nullable Double> caps = new ArrayList<>();
        for (int i = 0; i < definition.steps().size(); i++) {
            caps.add(
                    question.detail().valueCap() == null
                                    || definition.steps().get(i).valueProperty().isEmpty()
                            ? null
                            : cap("sum_" + i, question.detail().valueCap(), meant));
        }
        return caps;
    }

    /** A cap of 0 or below caps nothing. */
    private @Nullable Double cap(String value, double quantile, Map<String, Sql> meant) throws SQLException {
        Map<String, Sql> all = new HashMap<>(meant);
        all.put("value", Sql.of(value));
        all.put("quantile", Sql.of(Double.toString(quantile)));
        double[] cap = new double[1];
        session.query(Sql.fill(CAP, all), row -> cap[0] = row.getDouble(1));
        return cap[0] > 0 ? cap[0] : null;
    }

    private List<Segment> segments(List<@Nullable Double> caps) throws SQLException {
        List<Segment> segments = new ArrayList<>();
        for (int s = 0; s < definition.segments().size(); s++) {
            String attribute = definition.segments().get(s);
            GroupTotals totals = GroupTotals.of(session, question, pieces, group("segment_" + s), caps);
            totals.groups()
                    .forEach((value, group) -> segments.add(
                            new Segment(attribute, value, group.exposed(), totals.arms(group, caps, List.of()))));
        }
        return segments;
    }

    private Sql group(String column) throws SQLException {
        pieces.put("attribute", Sql.of(column));
        pieces.put("most", Sql.of(Integer.toString(Segment.MOST_VALUES)));
        List<Object> frequent = new ArrayList<>();
        session.query(Sql.fill(TOP_VALUES, pieces), row -> frequent.add(row.getString("value")));
        if (frequent.isEmpty()) {
            return Sql.of(Sql.quoted(Segment.NONE));
        }
        return new Sql(
                "case when " + column + " is null then " + Sql.quoted(Segment.NONE) + " when " + column + " in (?"
                        + ", ?".repeat(frequent.size() - 1) + ") then " + column + " else "
                        + Sql.quoted(Segment.OTHER) + " end",
                frequent);
    }

    /** By arm and step. */
    private List<List<StepTimes>> times(Census census, long watermark) throws SQLException {
        long seen = Math.min(watermark, question.period().knownUntil().toEpochMilli());
        Instant end = question.followUp().limit();
        // What happens after the end says nothing of a unit, so that a stopped experiment's times stay as they are.
        if (end != null) {
            seen = Math.min(seen, end.toEpochMilli());
        }
        long span = question.followUp().window() == null
                ? Math.max(0, seen - Math.min(census.firstT0(), seen))
                : question.followUp().window().toMillis();
        return new FirstTimes(session, question, pieces, span).until(seen);
    }

    private Quality quality(Census census) throws SQLException {
        if (!question.period().isAnyExposure()) {
            return new Quality(census.quality(), null, null);
        }
        return new Quality(
                census.quality(),
                session.number(Sql.of("select count(*) from " + table.unexposed())),
                session.number(Sql.of("select count(*) from " + table.unexposed() + " where did_goal")));
    }
}
