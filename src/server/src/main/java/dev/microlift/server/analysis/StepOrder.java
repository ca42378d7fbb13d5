package dev.microlift.server.analysis;

/** When a unit counts as having reached a step. */
public enum StepOrder {
    /** It did the step or any later one. */
    FURTHEST,
    /** It did all steps up to this one, in their order in time. */
    STRICT
}
