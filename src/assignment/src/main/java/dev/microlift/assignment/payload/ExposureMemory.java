package dev.microlift.assignment.payload;

import java.util.function.Predicate;

/** What is remembered of exposures, so that a unit of a sticky experiment keeps its arm. */
@FunctionalInterface
public interface ExposureMemory {

    /** Nobody was exposed. */
    ExposureMemory NONE = (experiment, seed, arm) -> unit -> false;

    /**
     * Tells which units were exposed to an arm.
     *
     * @param seed of the running phase: an exposure in another one does not count
     * @param arm the arm's key
     */
    Predicate<String> exposedTo(String experiment, String seed, String arm);
}
