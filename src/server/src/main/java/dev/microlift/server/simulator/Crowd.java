package dev.microlift.server.simulator;

import java.time.Duration;

/**
 * How many come, when, and what goes wrong with them.
 *
 * @param units how many units come
 * @param seed of everything that is random
 * @param spread the time over which exposures are spread evenly
 * @param crossover share of units that see both variants, 0 to 1
 * @param lostInTreatment share of treatment's units of which nothing arrives, 0 to 1: breaks the sample ratio
 */
record Crowd(long units, long seed, Duration spread, double crossover, double lostInTreatment) {

    static final long MOST_UNITS = 100_000_000;

    /** Older events would be late, and their message ids forgotten. */
    static final Duration LONGEST_SPREAD = Duration.ofDays(6);

    Crowd {
        if (units < 1 || units > MOST_UNITS) {
            throw new IllegalArgumentException("the number of units must be from 1 to " + MOST_UNITS);
        }
        if (spread.isNegative() || spread.compareTo(LONGEST_SPREAD) > 0) {
            throw new IllegalArgumentException("the days must be from 0 to " + LONGEST_SPREAD.toDays());
        }
        requireShare("crossover", crossover);
        requireShare("srm", lostInTreatment);
    }

    private static void requireShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the share " + name + " must be from 0 to 1");
        }
    }
}
