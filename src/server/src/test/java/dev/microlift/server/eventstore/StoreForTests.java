package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.EventLog;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Opens small stores for the tests of other packages. */
public final class StoreForTests {

    private StoreForTests() {}

    /** A store in a directory of its own that follows a log. */
    public static DuckDbEventStore open(Path directory, EventLog log, Clock clock) {
        return open(directory, log, clock, new SmallStore().sealEvery());
    }

    /** The same, that looks for finished days so often. */
    public static DuckDbEventStore open(Path directory, EventLog log, Clock clock, Duration sealEvery) {
        SmallStore settings = new SmallStore(new SmallStore().readWait(), sealEvery);
        return DuckDbEventStore.open(directory, settings, log, () -> true, clock, batch -> {});
    }
}
