package dev.microlift.server.analysis;

/**
 * One event that makes at least one step.
 *
 * @param elapsed milliseconds since t0
 * @param makes mask of the steps that it makes
 * @param amounts for each step what the event adds to its threshold; 0 if nothing
 * @param values for each step what the event adds to its value; 0 if nothing
 */
@SuppressWarnings("ArrayRecordComponent") // made for each row and never shared
record StepEvent(long elapsed, long makes, double[] amounts, double[] values) {

    /** Whether it makes the step at this position. */
    boolean makes(int step) {
        return (makes >>> step & 1) == 1;
    }
}
