package dev.microlift.server.analysis;

import dev.microlift.stats.CompensatedSum;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What else is asked of the rows of units: the units themselves, and their figures day by day. */
final class UnitQueries {

    private static final String EXPORT = Sql.file("export.sql");
    private static final String AUDIENCE = Sql.file("audience.sql");
    private static final String LIVE = Sql.file("live.sql");
    private static final String DAILY_PATHS = Sql.file("daily_paths.sql");
    private static final String DAILY_NUMBERS = Sql.file("daily_numbers.sql");
    private static final String DAILY_REACH = Sql.file("daily_reach.sql");
    private static final String SPAN = Sql.file("span.sql");

    private final Session session;
    private final Question question;
    private final List<String> arms;
    private final Map<String, Sql> pieces = new HashMap<>();

    UnitQueries(Session session, Question question, UnitTable table) {
        this.session = session;
        this.question = question;
        this.arms = question.scope().arms();
        Selection selection = Selection.of(question);
        pieces.put("units", Sql.of(table.units()));
        pieces.put("in_period", selection.inPeriod());
        pieces.put("population", selection.population());
        pieces.put("which", selection.which());
    }

    void export(Consumer<UnitRow> units) throws SQLException {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < question.steps().size(); i++) {
            columns.append(", t0 + first_" + i + ", events_" + i + ", ");
            columns.append(question.steps().get(i).valueProperty().isPresent() ? "sum_" + i : "0::double");
        }
        pieces.put("columns", Sql.of(columns.toString()));
        session.query(Sql.fill(EXPORT, pieces), row -> units.accept(row(row)));
    }

    private UnitRow row(ResultSet row) throws SQLException {
        List<UnitRow.Done> steps = new ArrayList<>();
        for (int i = 0; i < question.steps().size(); i++) {
            int column = 8 + 3 * i;
            long first = row.getLong(column);
            steps.add(new UnitRow.Done(
                    row.wasNull() ? null : Instant.ofEpochMilli(first),
                    row.getLong(column + 1),
                    row.getDouble(column + 2)));
        }
        long closes = row.getLong("closes");
        return new UnitRow(
                row.getString("unit"),
                row.getObject("variant_no") == null ? null : arms.get(row.getInt("variant_no")),
                row.getString("fate"),
                Instant.ofEpochMilli(row.getLong("t0")),
                closes == Long.MAX_VALUE ? null : Instant.ofEpochMilli(closes),
                steps,
                row.getInt("strict"),
                row.getInt("furthest"));
    }

    void audience(Audience audience, Consumer<String> units) throws SQLException {
        List<Sql> conditions = new ArrayList<>(List.of(Sql.of("fate = 'compared'")));
        String limit = audience.within() == null
                ? " is not null"
                : " < " + audience.within().toMillis();
        new TreeSet<>(audience.reached()).forEach(i -> conditions.add(Sql.of("first_" + i + limit)));
        new TreeSet<>(audience.notReached())
                .forEach(i -> conditions.add(Sql.of("not coalesce(first_" + i + limit + ", false)")));
        if (audience.variant() != null) {
            conditions.add(Sql.of("variant_no = " + arms.indexOf(audience.variant())));
        }
        pieces.put("conditions", Sql.join(" and ", conditions));
        session.query(Sql.fill(AUDIENCE, pieces), row -> units.accept(row.getString("unit")));
    }

    List<LiveCount> live() throws SQLException {
        StringBuilder columns = new StringBuilder();
        IntStream.range(0, question.steps().size())
                .forEach(i -> columns.append(", count(first_" + i + ") as did_" + i));
        pieces.put("columns", Sql.of(columns.toString()));
        List<LiveCount> counts = new ArrayList<>();
        List<Long> nothing = question.steps().stream().map(step -> 0L).toList();
        arms.forEach(variant -> counts.add(new LiveCount(variant, 0, nothing)));
        session.query(Sql.fill(LIVE, pieces), row -> {
            List<Long> did = new ArrayList<>();
            for (int i = 0; i < question.steps().size(); i++) {
                did.add(row.getLong("did_" + i));
            }
            int variant = row.getInt("variant_no");
            counts.set(variant, new LiveCount(arms.get(variant), row.getLong("exposed"), did));
        });
        return counts;
    }

    /** What has been added up of one arm until a day. */
    private final class Sums {
        private final Map<Path, Long> paths = new TreeMap<>(Path.ORDER);
        private final List<CompensatedSum> sums = new ArrayList<>();
        private final List<CompensatedSum> squares = new ArrayList<>();

        Sums() {
            question.steps().forEach(step -> {
                sums.add(new CompensatedSum());
                squares.add(new CompensatedSum());
            });
        }

        void count(Path path, long units) {
            paths.merge(path, units, (some, more) -> some + more == 0 ? null : some + more);
        }

        TimePoint.ArmAtDay at(String variant) {
            List<Path> all = paths.entrySet().stream()
                    .map(entry -> entry.getKey().of(entry.getValue()))
                    .toList();
            return new TimePoint.ArmAtDay(
                    variant,
                    all.stream().mapToLong(Path::units).sum(),
                    all,
                    IntStream.range(0, sums.size())
                            .mapToObj(i -> new TimePoint.ValueSums(
                                    sums.get(i).value(), squares.get(i).value()))
                            .toList());
        }
    }

    /** Something to be added on a day. */
    private record Addition(int variant, Consumer<Sums> what) {}

    /** Of units by the day on which their window closed. */
    List<TimePoint> timeSeries() throws SQLException {
        return points("closes // 86400000");
    }

    /** All units at once, told of this day. */
    List<TimePoint> at(LocalDate day) throws SQLException {
        return points(Long.toString(day.toEpochDay()));
    }

    /** All days on which anything may have happened to a unit. */
    List<LocalDate> days() throws SQLException {
        List<LocalDate> days = new ArrayList<>();
        session.query(Sql.fill(SPAN, pieces), row -> {
            long first = row.getLong("first_day");
            if (!row.wasNull()) {
                LongStream.rangeClosed(first, row.getLong("last_day"))
                        .mapToObj(LocalDate::ofEpochDay)
                        .forEach(days::add);
            }
        });
        return days;
    }

    /** When a unit first did a step tells what it had done on each day, and how far it was; no more than that. */
    List<TimePoint> reachSeries() throws SQLException {
        List<String> done = new ArrayList<>();
        List<String> byDay = new ArrayList<>();
        List<String> beforeDay = new ArrayList<>();
        for (int i = 0; i < question.steps().size(); i++) {
            done.add("(t0 + first_" + i + ") // 86400000");
            String step = "coalesce(done[" + (i + 1) + "] %s day, false)::bigint * " + (1L << i);
            byDay.add(step.formatted("<="));
            beforeDay.add(step.formatted("<"));
        }
        pieces.put("done", Sql.of(String.join(", ", done)));
        pieces.put("by_day", Sql.of(String.join(" + ", byDay)));
        pieces.put("before_day", Sql.of(String.join(" + ", beforeDay)));
        Map<Long, List<Addition>> days = new TreeMap<>();
        session.query(Sql.fill(DAILY_REACH, pieces), row -> {
            long units = row.getLong("units");
            long beforeGoal = row.getLong("before_goal");
            Path now = reached(row.getLong("did"), beforeGoal);
            Path before = reached(row.getLong("did_before"), beforeGoal);
            boolean wasThere = row.getBoolean("was_there");
            add(days, row, sums -> {
                if (wasThere) {
                    sums.count(before, -units);
                }
                sums.count(now, units);
            });
        });
        return accumulate(days);
    }

    /** @param beforeGoal steps that were done before the first goal in the end */
    private Path reached(long did, long beforeGoal) {
        int furthest = 0;
        int rank = 0;
        for (int i = 0; i < question.steps().size(); i++) {
            rank += question.steps().get(i).optional() ? 0 : 1;
            furthest = (did >>> i & 1) == 1 && !question.steps().get(i).optional() ? rank : furthest;
        }
        boolean hasGoal = (did >>> question.goal() & 1) == 1;
        return new Path(did, hasGoal ? beforeGoal : did, furthest, 0, 1);
    }

    private List<TimePoint> points(String day) throws SQLException {
        Map<Long, List<Addition>> days = new TreeMap<>();
        pieces.put("day", Sql.of(day));
        session.query(Sql.fill(DAILY_PATHS, pieces), row -> {
            Path path = Path.of(row);
            add(days, row, sums -> sums.count(path.ofOne(), path.units()));
        });
        for (int i = 0; i < question.steps().size(); i++) {
            if (question.steps().get(i).valueProperty().isPresent()) {
                int step = i;
                pieces.put("y", Sql.of("sum_" + i));
                session.query(Sql.fill(DAILY_NUMBERS, pieces), row -> {
                    double y = row.getDouble("y");
                    long units = row.getLong("units");
                    add(days, row, sums -> {
                        sums.sums.get(step).add(units * y);
                        sums.squares.get(step).add(units * (y * y));
                    });
                });
            }
        }
        return accumulate(days);
    }

    private static void add(Map<Long, List<Addition>> days, ResultSet row, Consumer<Sums> what) throws SQLException {
        days.computeIfAbsent(row.getLong("day"), day -> new ArrayList<>())
                .add(new Addition(row.getInt("variant_no"), what));
    }

    private List<TimePoint> accumulate(Map<Long, List<Addition>> days) {
        List<Sums> byArm = arms.stream().map(variant -> new Sums()).toList();
        List<TimePoint> points = new ArrayList<>();
        days.forEach((day, additions) -> {
            additions.forEach(addition -> addition.what().accept(byArm.get(addition.variant())));
            points.add(new TimePoint(
                    LocalDate.ofEpochDay(day),
                    IntStream.range(0, arms.size())
                            .mapToObj(v -> byArm.get(v).at(arms.get(v)))
                            .toList()));
        });
        return points;
    }
}
