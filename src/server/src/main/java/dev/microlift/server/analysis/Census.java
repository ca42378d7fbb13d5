package dev.microlift.server.analysis;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Counts units by what becomes of them: in one pass, over days, arms and the events behind the figures. */
final class Census {

    private static final String CENSUS = Sql.file("census.sql");

    private final boolean isOpen;
    private final boolean checksAssignment;
    private final long[] crossovers;
    private final QualityOfArm[] quality;
    private final Map<Long, long[][]> days = new TreeMap<>();
    private long all;
    private long overridden;
    private long bots;
    private long lastChange = Long.MIN_VALUE;
    private long nextClose = Long.MAX_VALUE;
    private long firstT0 = Long.MAX_VALUE;

    private Census(Question question) {
        int arms = question.scope().arms().size();
        isOpen = question.followUp().isOpen();
        checksAssignment = question.scope() instanceof Scope.OfExperiment experiment
                && experiment.hash().isPresent();
        crossovers = new long[arms];
        quality = IntStream.range(0, arms).mapToObj(arm -> new QualityOfArm()).toArray(QualityOfArm[]::new);
    }

    /** Sums of an arm. */
    private static final class QualityOfArm {
        private long counted;
        private long late;
        private long clamped;
        private long byBots;
        private long randomised;
        private long mismatched;
        private long pastGoal;
    }

    /** @param pieces say which units are meant */
    static Census of(Session session, Question question, Map<String, Sql> pieces) throws SQLException {
        Census census = new Census(question);
        Map<String, Sql> all = new HashMap<>(pieces);
        all.put("past_goal", Sql.of(question.followUp().past().isPresent() ? "past_" + question.goal() : "false"));
        session.query(Sql.fill(CENSUS, all), census::take);
        return census;
    }

    private void take(ResultSet row) throws SQLException {
        long units = row.getLong("units");
        int arm = row.getInt("variant_no");
        firstT0 = Math.min(firstT0, row.getLong("first_t0"));
        String fate = row.getString("fate");
        if (fate.equals("bot")) {
            bots += units;
            lastChange = Math.max(lastChange, row.getLong("last_t0"));
            return;
        }
        all += units;
        lastChange = Math.max(lastChange, row.getLong(isOpen ? "last_t0" : "last_close"));
        quality[arm].mismatched += row.getLong("mismatched");
        switch (fate) {
            case "overridden" -> overridden += units;
            case "crossover" -> {
                crossovers[arm] += units;
                takeRandomised(row, 1, arm, units);
            }
            default -> {
                lastChange = Math.max(lastChange, orElse(row, "last_event", Long.MIN_VALUE));
                nextClose = Math.min(nextClose, orElse(row, "next_close", Long.MAX_VALUE));
                takeRandomised(row, 0, arm, units);
                takeQuality(row, quality[arm]);
            }
        }
    }

    private void takeRandomised(ResultSet row, int kind, int arm, long units) throws SQLException {
        days.computeIfAbsent(row.getLong("day"), day -> new long[2][crossovers.length])[kind][arm] += units;
        quality[arm].randomised += units;
    }

    private static void takeQuality(ResultSet row, QualityOfArm arm) throws SQLException {
        arm.counted += row.getLong("counted");
        arm.late += row.getLong("late");
        arm.clamped += row.getLong("clamped");
        arm.byBots += row.getLong("by_bots");
        arm.pastGoal += row.getLong("past_goal");
    }

    private static long orElse(ResultSet row, String column, long otherwise) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? otherwise : value;
    }

    boolean isEmpty() {
        return all + bots == 0;
    }

    /** When events or the passing of time last changed figures, in milliseconds since 1970. */
    long lastChange() {
        return lastChange;
    }

    /** When the next window closes, in milliseconds since 1970; the greatest number if none does. */
    long nextClose() {
        return nextClose;
    }

    /** The first t0 of all, in milliseconds since 1970; the greatest number if there is none. */
    long firstT0() {
        return firstT0;
    }

    /**
     * How many units there are.
     *
     * @param strays exposures to variants that the experiment does not have
     * @param withoutStep units with events, but none that makes a step
     */
    Units units(long strays, long withoutStep) {
        return new Units(
                all, LongStream.of(crossovers).sum(), overridden, bots, strays, boxed(crossovers), withoutStep);
    }

    /** Compared units and crossovers by the day of their t0. */
    List<Day> days() {
        return days.entrySet().stream()
                .map(day ->
                        new Day(LocalDate.ofEpochDay(day.getKey()), boxed(day.getValue()[0]), boxed(day.getValue()[1])))
                .toList();
    }

    /** What the events look like, by arm. */
    List<ArmQuality> quality() {
        return List.of(quality).stream()
                .map(arm -> new ArmQuality(
                        arm.counted,
                        arm.late,
                        arm.clamped,
                        arm.byBots,
                        checksAssignment ? arm.randomised : 0,
                        arm.mismatched,
                        arm.pastGoal))
                .toList();
    }

    private static List<Long> boxed(long[] counts) {
        return LongStream.of(counts).boxed().toList();
    }
}
