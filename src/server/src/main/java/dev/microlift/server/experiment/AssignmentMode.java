package dev.microlift.server.experiment;

/** Who decides which variant a unit gets. */
public enum AssignmentMode {
    /** Microlift, by hash. */
    MICROLIFT,
    /** Another tool; exposures alone say the variant. */
    EXTERNAL
}
