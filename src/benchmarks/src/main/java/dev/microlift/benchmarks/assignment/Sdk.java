package dev.microlift.benchmarks.assignment;

/** An SDK that holds all {@link Experiments} and was told the units beforehand, so that it can keep their contexts. */
interface Sdk extends AutoCloseable {

    /** Whether the unit at this position gets the treatment of an experiment, without recording an exposure. */
    boolean treats(int unit, String experiment);

    /** What the unit at this position gets of every experiment: the SDK's own answer, or an array of them. */
    Object all(int unit);

    @Override
    void close();
}
