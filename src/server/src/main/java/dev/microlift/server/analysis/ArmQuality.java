package dev.microlift.server.analysis;

/**
 * The events behind one arm's figures: step and guardrail events of compared units in their windows.
 *
 * @param events not sent by robots
 * @param late those that came long after they happened
 * @param clamped those whose time was ahead of the server's
 * @param botEvents sent by robots and left out
 * @param checkedUnits exposed units whose variant the server's hash can be asked for; 0 where another tool assigns
 * @param mismatched those of them whose first variant is not the one that the hash gives
 * @param preExposureConverted units that did the goal in the time before exposure that is looked at
 */
public record ArmQuality(
        long events,
        long late,
        long clamped,
        long botEvents,
        long checkedUnits,
        long mismatched,
        long preExposureConverted) {}
