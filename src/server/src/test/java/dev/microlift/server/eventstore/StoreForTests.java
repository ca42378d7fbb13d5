package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.EventLog;
import java.nio.file.Path;
import java.time.Clock;

/** Opens small stores for the tests of other packages. */
public final class StoreForTests {

    private StoreForTests() {}

    /** A store in a directory of its own that follows a log. */
    public static DuckDbEventStore open(Path directory, EventLog log, Clock clock) {
        return DuckDbEventStore.open(directory, new SmallStore(), log, () -> true, clock, batch -> {});
    }
}
