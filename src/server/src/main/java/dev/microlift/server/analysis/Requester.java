package dev.microlift.server.analysis;

/** Whoever waits for an answer. */
@FunctionalInterface
public interface Requester {

    /** Somebody who always waits. */
    Requester PATIENT = action -> {};

    /** Runs the action, on any thread, if the requester goes before the answer is there. */
    void whenGone(Runnable action);
}
