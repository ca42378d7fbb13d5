package dev.microlift.server.report.table;

/** Blocks of a report that can be read as a table. */
public enum TableName {
    METRICS,
    FUNNEL,
    DROP_OFF,
    DECOMPOSITION,
    BOUNDS,
    YIELD,
    ASSOCIATION,
    TIME_TO_STEP,
    SENSITIVITY,
    GUARDRAILS,
    SEGMENTS,
    LEAKS,
    TRUST,
    POPULATION,
    VERDICT
}
