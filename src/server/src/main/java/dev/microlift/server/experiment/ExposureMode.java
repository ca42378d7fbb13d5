package dev.microlift.server.experiment;

/** Who records that a unit saw its variant. */
public enum ExposureMode {
    /** The app sends an exposure. */
    EXPLICIT,
    /** A single-flag evaluation records it; a bulk one never does. */
    ON_EVALUATION
}
