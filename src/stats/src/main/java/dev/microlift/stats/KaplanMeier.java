package dev.microlift.stats;

import java.util.ArrayList;
import java.util.List;

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

    static KaplanMeier of(StepTimes units, double tau) {
        List<Drop> drops = new ArrayList<>();
        double s = 1;
        double area = 0;
        double from = 0;
        long seen = 0;
        long atRisk = units.units();
        for (int i = 0; i < units.at().length; i++) {
            double t = units.at()[i];
            long d = units.reached()[i];
            if (d > 0 && t <= tau) {
                area += s * (t - from);
                s = d == atRisk ? 0 : s * (1 - (double) d / atRisk);
                from = t;
                seen += d;
                drops.add(new Drop(t, d, atRisk, area));
            }
            atRisk -= d + units.censored()[i];
        }
        double rmst = area + s * (tau - from);
        double var = 0;
        for (Drop drop : drops) {
            double ahead = rmst - drop.areaBefore;
            if (drop.t < tau && drop.atRisk > drop.d) {
                var += ahead * ahead * ((double) drop.d / drop.atRisk / (drop.atRisk - drop.d));
            }
        }
        double last = units.at().length == 0 ? 0 : units.at()[units.at().length - 1];
        return new KaplanMeier(rmst, var, 1 - s, seen, tau > last && s > 0);
    }

    /** Events at one time, and the area under the curve up to it. */
    private record Drop(double t, long d, long atRisk, double areaBefore) {}
}
