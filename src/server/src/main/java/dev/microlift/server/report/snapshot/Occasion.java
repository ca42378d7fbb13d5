package dev.microlift.server.report.snapshot;

/** Why a report was stored. */
enum Occasion {
    /** A day of a running experiment. */
    DAILY,
    /** The experiment was stopped. */
    STOP
}
