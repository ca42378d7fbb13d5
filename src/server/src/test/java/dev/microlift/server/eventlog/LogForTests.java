package dev.microlift.server.eventlog;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;

/** Opens small logs for the tests of other packages. */
public final class LogForTests {

    private LogForTests() {}

    /** The log in a data directory. */
    public static EventLog open(Path directory) {
        return SegmentedEventLog.open(directory, new SmallLog(), Clock.systemUTC(), new SimpleMeterRegistry());
    }
}
