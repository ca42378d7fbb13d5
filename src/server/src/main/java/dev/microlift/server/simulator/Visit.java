package dev.microlift.server.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All that one unit does.
 *
 * @param age how long before the run the unit was exposed
 * @param lost true if the shop breaks for this unit, so that nothing of it is ever sent
 * @param crossover how long after its exposure the unit sees the other variant too, if it does
 * @param orderValue what the unit pays if it purchases, in units of currency
 */
record Visit(
        Attributes attributes,
        Duration age,
        boolean lost,
        Optional<Duration> crossover,
        List<Act> acts,
        double orderValue) {

    /** One step that a unit did. */
    record Act(ShopStep step, Duration sinceExposure) {}

    Visit {
        acts = List.copyOf(acts);
    }
}
