package dev.microlift.server.analysis;

/**
 * Sums with what was known of units before t0. For a rate x is 1 if the unit did the step in the time before exposure
 * that is looked at, for a value what it added up to then; or, where an attribute was asked for, that attribute for both.
 *
 * @param observed units whose x is known
 * @param sumX over those units
 * @param sumXX over those units
 * @param sumXY with their number y
 * @param sumYObserved of y over those units
 */
public record Covariate(long observed, double sumX, double sumXX, double sumXY, double sumYObserved) {}
