package dev.microlift.server.eventstore;

import java.time.Duration;

/**
 * How far the tables are behind the log.
 *
 * @param messages how many are in the log and cannot be asked for yet
 * @param age how long ago the oldest of them was received; zero if there are none
 */
public record LoaderLag(long messages, Duration age) {}
