package dev.microlift.server.analysis;

/**
 * When the n units of an arm first did a step.
 *
 * @param at times since t0 in milliseconds, ascending, each once; beyond two seconds to within half a thousandth
 * @param reached how many units did the step at that time
 * @param censored how many units were last seen at that time without it
 */
@SuppressWarnings("ArrayRecordComponent") // tens of thousands of numbers, made once and only read
public record StepTimes(long[] at, long[] reached, long[] censored) {}
