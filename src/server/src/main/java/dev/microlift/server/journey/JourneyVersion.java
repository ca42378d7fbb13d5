package dev.microlift.server.journey;

import java.time.Instant;

/** A journey as it was from one change to the next. */
public record JourneyVersion(Journey journey, int version, Instant createdAt, Instant updatedAt) {}
