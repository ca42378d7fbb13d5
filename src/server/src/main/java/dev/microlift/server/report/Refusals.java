package dev.microlift.server.report;

import dev.microlift.stats.Thresholds;

/** The limits at which figures are refused, as a report prints them. */
public record Refusals(
        int minUnits,
        int minConversions,
        int minNonConversions,
        int burnInUnits,
        double weakMicroZ,
        int minTrials,
        double minReliability,
        double srmP,
        double srmE,
        double cupedMinCoverage,
        int cupedMinUnits) {

    static final Refusals ALL = new Refusals(
            Thresholds.MIN_UNITS,
            Thresholds.MIN_CONVERSIONS,
            Thresholds.MIN_NON_CONVERSIONS,
            Thresholds.BURN_IN_UNITS,
            Thresholds.WEAK_MICRO_Z,
            Thresholds.MIN_TRIALS,
            Thresholds.MIN_RELIABILITY,
            Thresholds.SRM_P,
            Thresholds.SRM_E,
            Thresholds.CUPED_MIN_COVERAGE,
            Thresholds.CUPED_MIN_UNITS);
}
