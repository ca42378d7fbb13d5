package dev.microlift.server.planning;

import dev.microlift.server.journey.JourneyVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test that somebody thinks of.
 *
 * @param baselines one for each step of the journey, in its order
 * @param lift relative effect to detect
 * @param alpha two-sided error level
 * @param power probability to detect the effect
 * @param allocation weights of the arms, control first
 * @param traffic share of the daily units that take part
 * @param dailyUnits units that could be exposed a day
 * @param maturityDays days until a unit's window has closed
 * @param days duration at which the smallest detectable lift is asked; null for the days that the goal requires
 * @param recent where the baselines are from; null if they were given
 */
record PlanRequest(
        JourneyVersion journey,
        List<Baseline> baselines,
        double lift,
        double alpha,
        double power,
        Monitoring method,
        List<Double> allocation,
        double traffic,
        double dailyUnits,
        long maturityDays,
        @Nullable Long days,
        @Nullable RecentTraffic recent) {

    PlanRequest {
        baselines = List.copyOf(baselines);
        allocation = List.copyOf(allocation);
    }

    /** Units of the test that are exposed a day, over all arms. */
    double unitsPerDay() {
        return dailyUnits * traffic;
    }

    /** Arms that are compared with the control. */
    int treatments() {
        return allocation.size() - 1;
    }

    /** Units that have matured after a number of days. */
    long maturedUnits(long afterDays) {
        return (long) (unitsPerDay() * Math.max(0, afterDays - maturityDays));
    }

    /** Share of all units that the smallest arm gets. */
    double smallestShare() {
        double sum = allocation.stream().mapToDouble(Double::doubleValue).sum();
        return allocation.stream().mapToDouble(Double::doubleValue).min().orElse(0) / sum;
    }
}
