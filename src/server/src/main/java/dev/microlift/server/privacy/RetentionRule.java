package dev.microlift.server.privacy;

import java.time.Duration;

/**
 * How long events of a name are kept after they were received.
 *
 * @param keepFor whole days
 */
public record RetentionRule(String eventName, Duration keepFor) {}
