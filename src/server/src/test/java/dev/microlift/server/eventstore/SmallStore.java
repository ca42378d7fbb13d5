package dev.microlift.server.eventstore;

import java.time.Duration;
import java.util.OptionalInt;

/** Settings of a store that tests open. */
public record SmallStore(Duration readWait, Duration sealEvery) implements EventStoreSettings {

    public SmallStore() {
        this(Duration.ofSeconds(60));
    }

    /** One that seals only when it is opened. */
    public SmallStore(Duration readWait) {
        this(readWait, Duration.ofDays(1));
    }

    @Override
    public String memoryLimit() {
        return "256MB";
    }

    @Override
    public OptionalInt threads() {
        return OptionalInt.of(1);
    }

    @Override
    public String checkpointThreshold() {
        return "64MB";
    }
}
