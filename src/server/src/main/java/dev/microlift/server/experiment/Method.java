package dev.microlift.server.experiment;

/** When an experiment may be read. */
public enum Method {
    /** Always, at a stricter level, and once at the planned end at nearly the full one. */
    HYBRID,
    /** At any time. */
    SEQUENTIAL,
    /** Once, at the planned end. */
    FIXED
}
