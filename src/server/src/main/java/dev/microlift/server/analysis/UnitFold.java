package dev.microlift.server.analysis;

import dev.microlift.server.journey.Step;
import dev.microlift.server.journey.Threshold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Follows one unit through its journey. Events come in the order of time; those of one instant count as happening in
 * whatever order takes the unit furthest, since their true order is not known.
 *
 * <p>A step's own window begins anew whenever the step before is done again: a chain may begin more than once, and an
 * early one that leads nowhere stands in no later one's way.
 */
final class UnitFold {

    private static final long NEVER = Long.MAX_VALUE;

    private final List<Step> steps;
    private final int[] required;
    private final int[] before;
    private final long[] counts;
    private final double[] amounts;
    private final List<List<Double>> values;
    private final long[] firstDone;
    private final long[] lastDone;
    private final long[] lastInChain;
    private int strictlyReached;

    UnitFold(List<Step> steps) {
        this.steps = steps;
        required = IntStream.range(0, steps.size())
                .filter(i -> !steps.get(i).optional())
                .toArray();
        before = new int[steps.size()];
        int last = -1;
        for (int i = 0; i < steps.size(); i++) {
            before[i] = last;
            last = steps.get(i).optional() ? last : i;
        }
        counts = new long[steps.size()];
        amounts = new double[steps.size()];
        values = Stream.<List<Double>>generate(ArrayList::new)
                .limit(steps.size())
                .toList();
        firstDone = new long[steps.size()];
        lastDone = new long[steps.size()];
        lastInChain = new long[steps.size()];
    }

    /** Begins with another unit. */
    void begin() {
        strictlyReached = 0;
        Arrays.fill(counts, 0);
        Arrays.fill(amounts, 0);
        values.forEach(List::clear);
        Arrays.fill(firstDone, NEVER);
        Arrays.fill(lastDone, NEVER);
        Arrays.fill(lastInChain, NEVER);
    }

    /** Takes all events of one instant. */
    void happen(List<StepEvent> instant) {
        boolean[] happened = new boolean[steps.size()];
        for (int i = 0; i < steps.size(); i++) {
            int step = i;
            // Amounts of one instant add up in their own order: nothing else tells its events apart.
            instant.sort(Comparator.comparingDouble(event -> event.amounts()[step]));
            for (StepEvent event : instant) {
                if (event.makes(i) && isInEdgeWindow(i, event.elapsed(), lastDone)) {
                    happened[i] |= count(i, event);
                }
            }
        }
        long time = instant.get(0).elapsed();
        for (int rank = 0; rank < required.length; rank++) {
            int step = required[rank];
            boolean follows = rank == 0 || lastInChain[required[rank - 1]] != NEVER;
            if (happened[step] && follows && isInEdgeWindow(step, time, lastInChain)) {
                lastInChain[step] = time;
                strictlyReached = Math.max(strictlyReached, rank + 1);
            }
        }
    }

    /** Whether the step before was done recently enough, the last time it was. */
    private boolean isInEdgeWindow(int step, long time, long[] last) {
        if (steps.get(step).edgeWindow().isEmpty()) {
            return true;
        }
        long opens = before[step] < 0 ? 0 : last[before[step]];
        return opens != NEVER
                && time - opens < steps.get(step).edgeWindow().get().toMillis();
    }

    /** Counts an event for a step; true if the step's threshold is met with it. */
    private boolean count(int step, StepEvent event) {
        counts[step]++;
        amounts[step] += event.amounts()[step];
        values.get(step).add(event.values()[step]);
        boolean met = isMet(step);
        if (met) {
            lastDone[step] = event.elapsed();
            firstDone[step] = firstDone[step] == NEVER ? event.elapsed() : firstDone[step];
        }
        return met;
    }

    private boolean isMet(int step) {
        if (steps.get(step).atLeast() instanceof Threshold.Sum sum) {
            return amounts[step] >= sum.total();
        }
        return steps.get(step).atLeast() instanceof Threshold.Count count && counts[step] >= count.events();
    }

    /** Whether the unit did the step itself. */
    boolean did(int step) {
        return firstDone[step] != NEVER;
    }

    /** How long after t0, in milliseconds, the unit first did a step that it did. */
    long firstDone(int step) {
        return firstDone[step];
    }

    /** How many events counted for the step. */
    long events(int step) {
        return counts[step];
    }

    /** What the step's value adds up to, added in the order of the numbers as everywhere. */
    double value(int step) {
        Collections.sort(values.get(step));
        return values.get(step).stream().reduce(0.0, Double::sum);
    }

    /** How many required steps the unit did in their order. */
    int strictlyReached() {
        return strictlyReached;
    }
}
