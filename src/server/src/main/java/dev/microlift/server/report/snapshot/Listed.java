package dev.microlift.server.report.snapshot;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A stored report in a list.
 *
 * @param occasion daily or stop
 * @param day UTC
 * @param decision of its verdict
 */
public record Listed(long id, String occasion, LocalDate day, Instant takenAt, String reportHash, String decision) {}
