package dev.microlift.server.configuration;

import java.time.Instant;

/**
 * The configuration is another than before. Observers read what they hold anew.
 *
 * @param version grows with every change
 * @param at when it became so: the same on every node, and another time for every version
 */
public record ConfigurationChanged(long version, Instant at) {}
