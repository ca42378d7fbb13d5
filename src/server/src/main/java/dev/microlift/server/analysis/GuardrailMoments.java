package dev.microlift.server.analysis;

/**
 * A further metric, summed over the n units of an arm.
 *
 * @param key of the metric
 * @param units that have an event of it
 * @param sum of the units' numbers
 * @param sumOfSquares of the same
 */
public record GuardrailMoments(String key, long units, double sum, double sumOfSquares) {}
