package dev.microlift.server.analysis;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Makes an answer from the rows of units. The database counts; what is not a whole number is added up in its own order. */
final class Aggregation {

    private static final String FATES = Sql.file("fates.sql");
    private static final String CAP = Sql.file("cap.sql");
    private static final String TIMES = Sql.file("times.sql");
    private static final String DAYS = Sql.file("days.sql");
    private static final String QUALITY = Sql.file("quality.sql");
    private static final String TOP_VALUES = Sql.file("top_values.sql");
    private static final String STRAYS = Sql.file("strays.sql");
    private static final String WITHOUT_STEP = Sql.file("without_step.sql");

    private static final Sql EVERYBODY = Sql.of("''");
    private static final long DAY_MS = 86_400_000;
    /** Most distinct times that are told of a step. */
    private static final long MOST_TIMES = 12_000;

    private static final long[] GRIDS_MS = {
        1, 10, 100, 1_000, 10_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000
    };

    private final Session session;
    private final Question question;
    private final Definition definition;
    private final UnitTable table;
    private final int arms;
    private final Map<String, Sql> pieces = new HashMap<>();

    Aggregation(Session session, Question question, UnitTable table) {
        this.session = session;
        this.question = question;
        this.definition = Definition.of(question);
        this.table = table;
        this.arms = question.scope().arms().size();
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
        Fates fates = fates();
        long latest = session.number(Sql.of("select coalesce(watermark_ms, " + Long.MIN_VALUE + ") from loaded"));
        List<@Nullable Double> caps = caps();
        GroupTotals totals = GroupTotals.of(session, question, pieces, EVERYBODY, caps);
        List<Arm> everybody = totals.arms(totals.group(""), caps, times(fates, latest));
        Answer answer = new Answer(
                units(fates),
                everybody,
                segments(caps),
                days(),
                quality(),
                new DailyPaths(session, question, table).days(),
                new Edges(session, question, pieces).of(everybody),
                fates.isEmpty() ? null : Instant.ofEpochMilli(fates.lastChange),
                latest == Long.MIN_VALUE ? null : Instant.ofEpochMilli(latest),
                table.position());
        return new Result(
                answer, fates.nextClose == Long.MAX_VALUE ? Instant.MAX : Instant.ofEpochMilli(fates.nextClose));
    }

    /** Counts of units; arrays by variant. */
    private final class Fates {
        private final long[] compared = new long[arms];
        private final long[] matured = new long[arms];
        private final long[] crossovers = new long[arms];
        private long all;
        private long overridden;
        private long bots;
        private long lastChange = Long.MIN_VALUE;
        private long nextClose = Long.MAX_VALUE;
        private long firstT0 = Long.MAX_VALUE;

        boolean isEmpty() {
            return all + bots == 0;
        }

        void take(ResultSet row) throws SQLException {
            long count = row.getLong("units");
            String fate = row.getString("fate");
            int variant = row.getInt("variant_no");
            boolean isBot = fate.equals("bot");
            all += isBot ? 0 : count;
            lastChange = Math.max(lastChange, row.getLong(isOpen() || isBot ? "last_t0" : "last_close"));
            firstT0 = Math.min(firstT0, row.getLong("first_t0"));
            switch (fate) {
                case "bot" -> bots += count;
                case "crossover" -> crossovers[variant] += count;
                case "overridden" -> overridden += count;
                default -> {
                    compared[variant] = count;
                    matured[variant] = row.getLong("matured");
                    lastChange = Math.max(lastChange, orElse(row, "last_event", Long.MIN_VALUE));
                    nextClose = Math.min(nextClose, orElse(row, "next_close", Long.MAX_VALUE));
                }
            }
        }

        /** Whether units are followed for ever. */
        private boolean isOpen() {
            return question.followUp().window() == null && question.followUp().end() == null;
        }
    }

    private static long orElse(ResultSet row, String column, long otherwise) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? otherwise : value;
    }

    private Fates fates() throws SQLException {
        Fates fates = new Fates();
        session.query(Sql.fill(FATES, pieces), fates::take);
        return fates;
    }

    private Units units(Fates fates) throws SQLException {
        return new Units(
                fates.all,
                LongStream.of(fates.crossovers).sum(),
                fates.overridden,
                fates.bots,
                strays(),
                boxed(fates.crossovers),
                withoutStep());
    }

    private static List<Long> boxed(long[] counts) {
        return LongStream.of(counts).boxed().toList();
    }

    private long strays() throws SQLException {
        if (!(question.scope() instanceof Scope.OfExperiment experiment)) {
            return 0;
        }
        return session.number(Sql.fill(
                STRAYS,
                Map.of(
                        "experiment", Sql.of("?", experiment.key()),
                        "until", millis(question.period().asOf(), Long.MAX_VALUE),
                        "variants", Sql.list(experiment.variants()))));
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
                        "units", Sql.of(table.units()))));
    }

    private static Sql millis(@Nullable Instant time, long otherwise) {
        return Sql.of(Long.toString(time == null ? otherwise : time.toEpochMilli()));
    }

    /** For each step the quantile of everybody's values that they are capped at; null for none. */
    private List<@Nullable Double> caps() throws SQLException {
        List<@Nullable Double> caps = new ArrayList<>();
        for (int i = 0; i < definition.steps().size(); i++) {
            caps.add(
                    question.detail().valueCap() == null
                                    || definition.steps().get(i).valueProperty().isEmpty()
                            ? null
                            : cap("sum_" + i, question.detail().valueCap()));
        }
        return caps;
    }

    /** A cap of 0 or below caps nothing. */
    private @Nullable Double cap(String value, double quantile) throws SQLException {
        pieces.put("value", Sql.of(value));
        pieces.put("quantile", Sql.of(Double.toString(quantile)));
        double[] cap = new double[1];
        session.query(Sql.fill(CAP, pieces), row -> cap[0] = row.getDouble(1));
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

    private List<Day> days() throws SQLException {
        Map<Long, long[][]> days = new TreeMap<>();
        session.query(Sql.fill(DAYS, pieces), row -> {
            long[][] counts = days.computeIfAbsent(row.getLong("day"), day -> new long[2][arms]);
            counts[row.getString("fate").equals("compared") ? 0 : 1][row.getInt("variant_no")] += row.getLong("units");
        });
        return days.entrySet().stream()
                .map(day ->
                        new Day(LocalDate.ofEpochDay(day.getKey()), boxed(day.getValue()[0]), boxed(day.getValue()[1])))
                .toList();
    }

    /** By arm and step. */
    private List<List<StepTimes>> times(Fates fates, long watermark) throws SQLException {
        long seen = Math.min(watermark, question.period().knownUntil().toEpochMilli());
        long span = question.followUp().window() == null
                ? Math.max(0, seen - Math.min(fates.firstT0, seen))
                : question.followUp().window().toMillis();
        pieces.put("seen", Sql.of(Long.toString(seen)));
        pieces.put("grid", Sql.of(Long.toString(grid(span))));
        List<List<StepTimes>> byArm = new ArrayList<>();
        for (int v = 0; v < arms; v++) {
            byArm.add(new ArrayList<>());
        }
        for (int i = 0; i < definition.steps().size(); i++) {
            pieces.put("first", Sql.of("first_" + i));
            List<Map<Long, long[]>> times = new ArrayList<>();
            for (int v = 0; v < arms; v++) {
                times.add(new TreeMap<>());
            }
            session.query(
                    Sql.fill(TIMES, pieces),
                    row -> times.get(row.getInt("variant_no"))
                                    .computeIfAbsent(row.getLong("elapsed"), at -> new long[2])[
                                    row.getBoolean("reached") ? 0 : 1] +=
                            row.getLong("units"));
            for (int v = 0; v < arms; v++) {
                byArm.get(v).add(stepTimes(times.get(v)));
            }
        }
        return byArm;
    }

    private static long grid(long span) {
        for (long grid : GRIDS_MS) {
            if (span / grid <= MOST_TIMES) {
                return grid;
            }
        }
        return DAY_MS;
    }

    private static StepTimes stepTimes(Map<Long, long[]> times) {
        return new StepTimes(
                times.keySet().stream().mapToLong(Long::longValue).toArray(),
                times.values().stream().mapToLong(units -> units[0]).toArray(),
                times.values().stream().mapToLong(units -> units[1]).toArray());
    }

    private boolean checksAssignment() {
        return question.scope() instanceof Scope.OfExperiment experiment
                && experiment.hash().isPresent();
    }

    private Quality quality() throws SQLException {
        ArmQuality[] byArm = new ArmQuality[arms];
        Arrays.fill(byArm, new ArmQuality(0, 0, 0, 0, 0, 0, 0));
        pieces.put("past_goal", Sql.of(definition.followUp().past().isPresent() ? "past_" + question.goal() : "false"));
        session.query(
                Sql.fill(QUALITY, pieces),
                row -> byArm[row.getInt("variant_no")] = new ArmQuality(
                        row.getLong("counted"),
                        row.getLong("late"),
                        row.getLong("clamped"),
                        row.getLong("by_bots"),
                        checksAssignment() ? row.getLong("randomised") : 0,
                        row.getLong("mismatched"),
                        row.getLong("past_goal")));
        return new Quality(
                List.of(byArm),
                session.number(Sql.of("select count(*) from " + table.unexposed())),
                session.number(Sql.of("select count(*) from " + table.unexposed() + " where did_goal")));
    }
}
