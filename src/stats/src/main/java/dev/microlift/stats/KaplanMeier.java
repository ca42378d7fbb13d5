package dev.microlift.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The curve of units still on the way to a step, up to a horizon.
 *
 * @param rmst area under the curve
 * @param var its variance
 * @param reached share of units that reach the step by the horizon
 * @param events units seen to reach it by then
 * @param followUpEnds whether the last unit was seen before the horizon with units still on the way
 */
record KaplanMeier(double rmst, double var, double reached, long events, boolean followUpEnds) {

    static @Nullable Reason defect(double[] times, boolean[] events) {
        if (!Figures.finite(times)) {
            return Reason.NON_FINITE_INPUT;
        }
        boolean negative = false;
        for (double time : times) {
            negative |= time < 0;
        }
        return negative || times.length != events.length ? Reason.INVALID_INPUT : null;
    }

    static KaplanMeier of(double[] times, boolean[] events, double tau) {
        int[] order = IntStream.range(0, times.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> times[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<Drop> drops = new ArrayList<>();
        double s = 1;
        double area = 0;
        double from = 0;
        long seen = 0;
        for (int i = 0; i < order.length; ) {
            double t = times[order[i]];
            int atRisk = order.length - i;
            int d = 0;
            for (; i < order.length && times[order[i]] == t; i++) {
                d += events[order[i]] ? 1 : 0;
            }
            if (d > 0 && t <= tau) {
                area += s * (t - from);
                s = d == atRisk ? 0 : s * (1 - (double) d / atRisk);
                from = t;
                seen += d;
                drops.add(new Drop(t, d, atRisk, area));
            }
        }
        double rmst = area + s * (tau - from);
        double var = 0;
        for (Drop drop : drops) {
            double ahead = rmst - drop.areaBefore;
            if (drop.t < tau && drop.atRisk > drop.d) {
                var += ahead * ahead * ((double) drop.d / drop.atRisk / (drop.atRisk - drop.d));
            }
        }
        double last = order.length == 0 ? 0 : times[order[order.length - 1]];
        return new KaplanMeier(rmst, var, 1 - s, seen, tau > last && s > 0);
    }

    /** Events at one time, and the area under the curve up to it. */
    private record Drop(double t, int d, int atRisk, double areaBefore) {}
}
