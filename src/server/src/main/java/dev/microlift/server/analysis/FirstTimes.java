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

    /** Times are told to so many bits: to the millisecond up to two seconds, to within half a thousandth beyond. */
    private static final int BITS = 11;

    private final Session session;
    private final Map<String, Sql> pieces;
    private final int steps;
    private final long span;
    private final List<List<Map<Long, long[]>>> byArmAndStep;

    /** @param span the longest time that a unit is followed, in milliseconds; it is told exactly */
    FirstTimes(Session session, Question question, Map<String, Sql> pieces, long span) {
        this.session = session;
        this.pieces = new HashMap<>(pieces);
        this.steps = question.steps().size();
        this.span = span;
        this.byArmAndStep = Stream.generate(this::noTimes)
                .limit(question.scope().arms().size())
                .toList();
    }

    private List<Map<Long, long[]>> noTimes() {
        return Stream.<Map<Long, long[]>>generate(TreeMap::new).limit(steps).toList();
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

    /**
     * The time without its last bits, so that there are never many different ones; the lowest tells whether the step was
     * done.
     */
    private String time(int step) {
        String first = "first_" + step;
        String at = "coalesce(" + first + ", followed)::bigint";
        String dropped = "floor(log2(greatest(1, " + at + ")))::integer - " + (BITS - 1);
        return "(case when " + at + " < " + (1 << BITS) + " or " + at + " >= " + span + " then " + at + " else (" + at
                + " >> (" + dropped + ")) << (" + dropped + ") end) * 2 + (" + first + " is not null)::bigint as time_"
                + step;
    }

    /** The middle of the times that are told as this one. */
    private long middle(long time) {
        long width = Long.highestOneBit(time) >> (BITS - 1);
        return time >= span ? time : Math.min(span, time + width / 2);
    }

    private void take(ResultSet row) throws SQLException {
        // Each absent step is a bit, that of the first step the highest.
        int step = Long.numberOfLeadingZeros(~row.getLong("absent") << (Long.SIZE - steps));
        long time = row.getLong("time");
        long[] units = byArmAndStep
                .get(row.getInt("variant_no"))
                .get(step)
                .computeIfAbsent(middle(time >> 1), at -> new long[2]);
        units[(int) (time & 1)] += row.getLong("units");
    }

    private static StepTimes stepTimes(Map<Long, long[]> times) {
        return new StepTimes(
                times.keySet().stream().mapToLong(Long::longValue).toArray(),
                times.values().stream().mapToLong(units -> units[1]).toArray(),
                times.values().stream().mapToLong(units -> units[0]).toArray());
    }
}
