package dev.microlift.server.journey;

/** What a step is in its journey. */
public enum StepRole {
    /** A small step on the way. */
    MICRO,
    /** The goal that pays. */
    MACRO
}
