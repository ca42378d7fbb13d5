package dev.microlift.server.analysis;

/**
 * How far answers are behind what was acknowledged.
 *
 * @param messages acknowledged, but not in any answer yet
 * @param seconds how long ago the oldest of them was received; 0 if there are none
 */
public record Lag(long messages, long seconds) {}
