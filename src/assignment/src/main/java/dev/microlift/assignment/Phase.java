package dev.microlift.assignment;

/** What an experiment's life cycle means for evaluation. */
public sealed interface Phase {

    /** Draft, paused, archived, or stopped without a decision: everybody gets control's value. */
    record Inactive() implements Phase {}

    /** Units are assigned. */
    record Running() implements Phase {}

    /**
     * Stopped with a decision: everybody gets that arm's value, muted or not.
     *
     * @param arm key of the chosen arm
     */
    record Decided(String arm) implements Phase {}
}
