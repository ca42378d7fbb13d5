package dev.microlift.server.analysis;

import dev.microlift.server.journey.Step;
import dev.microlift.server.journey.Threshold;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Follows one unit through its journey. Events come in the order of time; those of one instant count as happening in
 * whatever order takes the unit furthest, since their true order is not known.
 */
final class UnitFold {

    private static final long NEVER = Long.MAX_VALUE;

    private final List<Step> steps;
    private final int[] required;
    private final int[] before;
    private final long[] counts;
    private final double[] amounts;
    private final double[] values;
    private final long[] firstDone;
    private long firstExposure;
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
        values = new double[steps.size()];
        firstDone = new long[steps.size()];
    }

    /** Begins with another unit. */
    void begin(long exposedAt) {
        firstExposure = exposedAt;
        strictlyReached = 0;
        Arrays.fill(counts, 0);
        Arrays.fill(amounts, 0);
        Arrays.fill(values, 0);
        Arrays.fill(firstDone, NEVER);
    }

    /** Takes all events of one instant. */
    void happen(List<StepEvent> instant) {
        boolean[] happened = new boolean[steps.size()];
        for (int i = 0; i < steps.size(); i++) {
            for (StepEvent event : instant) {
                if (event.makes()[i] && isInEdgeWindow(i, event.time())) {
                    happened[i] |= count(i, event);
                }
            }
        }
        while (strictlyReached < required.length && happened[required[strictlyReached]]) {
            strictlyReached++;
        }
    }

    private boolean isInEdgeWindow(int step, long time) {
        if (steps.get(step).edgeWindow().isEmpty()) {
            return true;
        }
        long opens = before[step] < 0 ? firstExposure : firstDone[before[step]];
        return opens != NEVER
                && time - opens < steps.get(step).edgeWindow().get().toMillis();
    }

    /** Counts an event for a step; true if the step's threshold is met with it. */
    private boolean count(int step, StepEvent event) {
        counts[step]++;
        amounts[step] += event.amounts()[step];
        values[step] += event.values()[step];
        boolean met = isMet(step);
        if (met && firstDone[step] == NEVER) {
            firstDone[step] = event.time();
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

    /** What the step's value adds up to. */
    double value(int step) {
        return values[step];
    }

    /** How many events counted for the step. */
    long events(int step) {
        return counts[step];
    }

    /** The way the unit went, as a path of one unit. */
    Path path() {
        long did = 0;
        long beforeGoal = 0;
        long goalAt = firstDone[steps.size() - 1];
        for (int i = 0; i < steps.size(); i++) {
            did |= did(i) ? 1L << i : 0;
            beforeGoal |= firstDone[i] < goalAt ? 1L << i : 0;
        }
        return new Path(did, beforeGoal, furthest(), strictlyReached, 1);
    }

    private int furthest() {
        for (int r = required.length; r > 0; r--) {
            if (did(required[r - 1])) {
                return r;
            }
        }
        return 0;
    }
}
