package dev.microlift.server.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a journey's own traffic says of its steps.
 *
 * @param from units whose first step event is in [from, to)
 * @param window how long each of them was followed
 * @param units how many they are
 * @param dailyUnits how many came a day
 * @param baselines one for each step, of these units
 */
record RecentTraffic(
        Instant from, Instant to, Duration window, long units, double dailyUnits, List<Baseline> baselines) {

    RecentTraffic {
        baselines = List.copyOf(baselines);
    }
}
