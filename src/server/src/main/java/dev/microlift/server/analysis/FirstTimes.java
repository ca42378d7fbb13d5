package dev.microlift.server.analysis;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Counts when units first did each step, and until when those that did not were seen. */
final class FirstTimes {

    private static final String TIMES = Sql.file("times.sql");

    private static final long DAY_MS = 86_400_000;
    /** Most distinct times that are told of a step. */
    private static final long MOST_TIMES = 12_000;

    private static final long[] GRIDS_MS = {
        1, 10, 100, 1_000, 10_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000
    };

    private final Session session;
    private final Map<String, Sql> pieces;
    private final int steps;
    private final long grid;
    private final List<List<Map<Long, long[]>>> byArmAndStep;

    /** @param span the longest time that a unit is followed, in milliseconds: the longer, the coarser the times */
    FirstTimes(Session session, Question question, Map<String, Sql> pieces, long span) {
        this.session = session;
        this.pieces = new HashMap<>(pieces);
        this.steps = question.steps().size();
        this.grid = grid(span);
        this.byArmAndStep = Stream.generate(this::noTimes)
                .limit(question.scope().arms().size())
                .toList();
    }

    private List<Map<Long, long[]>> noTimes() {
        return Stream.<Map<Long, long[]>>generate(TreeMap::new).limit(steps).toList();
    }

    private static long grid(long span) {
        for (long grid : GRIDS_MS) {
            if (span / grid <= MOST_TIMES) {
                return grid;
            }
        }
        return DAY_MS;
    }

    /**
     * By arm and step.
     *
     * @param seen until when events are known, in milliseconds since 1970
     */
    List<List<StepTimes>> until(long seen) throws SQLException {
        pieces.put("seen", Sql.of(Long.toString(seen)));
        pieces.put("firsts", eachStep(i -> "first_" + i));
        pieces.put("times", eachStep(this::time));
        pieces.put("names", eachStep(i -> "time_" + i));
        pieces.put("sets", eachStep(i -> "(variant_no, time_" + i + ")"));
        session.query(Sql.fill(TIMES, pieces), this::take);
        return byArmAndStep.stream()
                .map(arm -> arm.stream().map(FirstTimes::stepTimes).toList())
                .toList();
    }

    private Sql eachStep(IntFunction<String> piece) {
        return Sql.of(IntStream.range(0, steps).mapToObj(piece).collect(Collectors.joining(", ")));
    }

    /** The time on the grid; the lowest bit tells whether the step was done. */
    private String time(int step) {
        String first = "first_" + step;
        return "coalesce(" + first + ", followed) // " + grid + " * 2 + (" + first + " is not null)::bigint as time_"
                + step;
    }

    private void take(ResultSet row) throws SQLException {
        // Each absent step is a bit, that of the first step the highest.
        int step = Long.numberOfLeadingZeros(~row.getLong("absent") << (Long.SIZE - steps));
        long time = row.getLong("time");
        long[] units = byArmAndStep
                .get(row.getInt("variant_no"))
                .get(step)
                .computeIfAbsent((time >> 1) * grid, at -> new long[2]);
        units[(int) (time & 1)] += row.getLong("units");
    }

    private static StepTimes stepTimes(Map<Long, long[]> times) {
        return new StepTimes(
                times.keySet().stream().mapToLong(Long::longValue).toArray(),
                times.values().stream().mapToLong(units -> units[1]).toArray(),
                times.values().stream().mapToLong(units -> units[0]).toArray());
    }
}
