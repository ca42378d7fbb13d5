package dev.microlift.server.analysis;

import dev.microlift.server.eventstore.EventStore;

/** Asks small stores for the tests of other packages. */
public final class PastUnitsForTests {

    private PastUnitsForTests() {}

    /** What a store knows of the past. */
    public static PastUnits of(EventStore store) {
        return new PastUnits(store);
    }
}
