package dev.microlift.server.eventstore;

import java.nio.file.Path;
import java.time.Clock;

/** Opens small stores for the tests of other packages. */
public final class StoreForTests {

    private StoreForTests() {}

    /** A store in a directory of its own. */
    public static DuckDbEventStore open(Path directory, Clock clock) {
        return DuckDbEventStore.open(directory, new SmallStore(), clock);
    }
}
