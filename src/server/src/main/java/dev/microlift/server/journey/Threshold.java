package dev.microlift.server.journey;

/** How much of a step's events it takes to have done the step. */
public sealed interface Threshold {

    /** One event is enough. */
    Threshold ONE_EVENT = new Count(1);

    /** That many events. */
    record Count(long events) implements Threshold {}

    /** Events whose numeric property adds up to that much. */
    record Sum(String property, double total) implements Threshold {}
}
