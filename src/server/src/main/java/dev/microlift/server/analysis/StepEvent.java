package dev.microlift.server.analysis;

/**
 * One event that makes at least one step.
 *
 * @param makes for each step whether the event makes it
 * @param amounts for each step what the event adds to its threshold; 0 if nothing
 * @param values for each step what the event adds to its value; 0 if nothing
 */
@SuppressWarnings("ArrayRecordComponent") // made for each row and never shared
record StepEvent(long time, boolean[] makes, double[] amounts, double[] values) {}
