package dev.microlift.server.ingest;

/**
 * Messages since the start.
 *
 * @param accepted stored, or known from before
 * @param rejected not taken
 */
public record IngestCounts(long accepted, long rejected) {}
