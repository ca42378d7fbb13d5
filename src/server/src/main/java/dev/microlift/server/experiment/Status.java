package dev.microlift.server.experiment;

/** Where an experiment is in its life. */
public enum Status {
    /** Being written; assigns nobody. */
    DRAFT,
    /** Assigns units. */
    RUNNING,
    /** Assigns nobody for now. */
    PAUSED,
    /** Ended; with a decision one variant is served to everybody. */
    STOPPED,
    /** Only its report is left. */
    ARCHIVED;

    /** True from the first start to the stop. */
    public boolean isLive() {
        return this == RUNNING || this == PAUSED;
    }
}
