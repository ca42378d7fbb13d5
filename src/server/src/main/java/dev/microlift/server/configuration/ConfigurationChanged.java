package dev.microlift.server.configuration;

/**
 * The configuration is another than before. Observers read what they hold anew.
 *
 * @param version grows with every change
 */
public record ConfigurationChanged(long version) {}
