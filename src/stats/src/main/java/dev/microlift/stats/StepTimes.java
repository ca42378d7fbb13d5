package dev.microlift.stats;

import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * When units reached a step, or were last seen without it.
 *
 * @param at distinct times since the first exposure, ascending
 * @param reached how many units reached the step at each of them
 * @param censored how many were last seen then without it
 */
@SuppressWarnings("ArrayRecordComponent") // tens of thousands of numbers, made once and only read
public record StepTimes(double[] at, long[] reached, long[] censored) {

    /** From the time of every single unit, in any order, and whether it reached the step then. */
    public static StepTimes ofUnits(double[] times, boolean[] events) {
        if (times.length != events.length || !Figures.finite(times)) {
            return new StepTimes(times, new long[times.length + 1], new long[0]); // refused below
        }
        int[] order = IntStream.range(0, times.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> times[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] at =
                IntStream.of(order).mapToDouble(i -> times[i] + 0.0).distinct().toArray();
        long[] reached = new long[at.length];
        long[] censored = new long[at.length];
        int group = 0;
        for (int i : order) {
            group += times[i] == at[group] ? 0 : 1;
            (events[i] ? reached : censored)[group]++;
        }
        return new StepTimes(at, reached, censored);
    }

    /** Units over all times. */
    public long units() {
        return LongStream.of(reached).sum() + LongStream.of(censored).sum();
    }

    @Nullable
    Reason defect() {
        if (!Figures.finite(at)) {
            return Reason.NON_FINITE_INPUT;
        }
        boolean possible = at.length == reached.length && at.length == censored.length;
        for (int i = 0; possible && i < at.length; i++) {
            possible = at[i] >= (i == 0 ? 0 : Math.nextUp(at[i - 1])) && Math.min(reached[i], censored[i]) >= 0;
        }
        return possible ? null : Reason.INVALID_INPUT;
    }
}
