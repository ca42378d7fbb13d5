package dev.microlift.server.eventlog;

import java.util.OptionalInt;
import java.util.OptionalLong;

/** Settings of a log that tests open: small files, so that a few messages fill several. */
public record SmallLog(long segmentBytes, long maxBehind, OptionalLong reserveBytes) implements EventLogSettings {

    public SmallLog() {
        this(64 << 10, 1_000_000);
    }

    public SmallLog(long segmentBytes, long maxBehind) {
        this(segmentBytes, maxBehind, OptionalLong.of(0));
    }

    @Override
    public int queueMessages() {
        return 50_000;
    }

    @Override
    public long queueBytes() {
        return 64L << 20;
    }

    @Override
    public OptionalInt idMemoryBytes() {
        return OptionalInt.of(4 << 20);
    }
}
