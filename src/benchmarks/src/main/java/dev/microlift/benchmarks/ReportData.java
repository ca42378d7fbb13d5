package dev.microlift.benchmarks;

import dev.microlift.stats.AlwaysReacherBounds;
import dev.microlift.stats.IncrementalYield;
import dev.microlift.stats.LogisticRegression;
import dev.microlift.stats.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Sums of an experiment with ten steps before the goal and four arms, and the same for one of its segments. Each step
 * is reached by 70 % of those who reached the step before; each treatment loses fewer at every step than the arm before.
 */
final class ReportData {

    static final int STEPS = 10;
    static final int ARMS = 4;

    private static final double FROM_PREVIOUS = 0.7;
    private static final int TIMES = 1000;
    private static final double WINDOW = 7;

    private final long[][] reach;

    private ReportData(long[][] reach) {
        this.reach = reach;
    }

    static ReportData of(long units) {
        long[][] reach = new long[ARMS][STEPS + 2];
        for (int arm = 0; arm < ARMS; arm++) {
            reach[arm][0] = units + 7L * arm;
            for (int step = 1; step < reach[arm].length; step++) {
                reach[arm][step] = Math.round(reach[arm][step - 1] * FROM_PREVIOUS * (1 + 0.02 * arm));
            }
        }
        return new ReportData(reach);
    }

    /** Units of an arm that reached at least each step: exposed, steps, goal. */
    long[] reach(int arm) {
        return reach[arm];
    }

    long units(int arm) {
        return reach[arm][0];
    }

    long goals(int arm) {
        return reach[arm][STEPS + 1];
    }

    Moments rate(int arm, int step) {
        return Moments.binary(reach[arm][0], reach[arm][step]);
    }

    /** Revenue: 40 on average for each goal, with a standard deviation of 60. */
    Moments value(int arm) {
        double goals = goals(arm);
        return Moments.mean(reach[arm][0], 40 * goals, (40.0 * 40 + 60 * 60) * goals);
    }

    AlwaysReacherBounds.Arm reachers(int arm, int step) {
        return new AlwaysReacherBounds.Arm(reach[arm][0], reach[arm][step], goals(arm));
    }

    IncrementalYield.Arm microAndMacro(int arm, int step) {
        return IncrementalYield.Arm.binary(reach[arm][0], reach[arm][step], goals(arm), goals(arm));
    }

    /** Every pattern of the ten steps that occurs in the control, 200 of them, with its units and goals. */
    static List<LogisticRegression.Row> patterns() {
        Random random = new Random(1);
        List<LogisticRegression.Row> rows = new ArrayList<>();
        for (int pattern = 0; pattern < 200; pattern++) {
            List<Double> x = new ArrayList<>();
            double done = 0;
            for (int step = 0; step < STEPS; step++) {
                double one = random.nextInt(2);
                x.add(one);
                done += one;
            }
            long n = 50L + random.nextInt(200);
            rows.add(new LogisticRegression.Row(x, n, Math.round(n * (0.05 + 0.06 * done))));
        }
        return rows;
    }

    /** Days to a step, for as many units as a report reads per arm. */
    static double[] times(int seed) {
        return new Random(seed).doubles(TIMES, 0, WINDOW).toArray();
    }

    /** Half of the units reached it. */
    static boolean[] reached() {
        boolean[] reached = new boolean[TIMES];
        for (int i = 0; i < TIMES; i += 2) {
            reached[i] = true;
        }
        return reached;
    }
}
