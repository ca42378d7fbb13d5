package dev.microlift.server.eventstore;

import java.time.Duration;
import java.util.OptionalInt;

/** Settings of a store that tests open. */
public record SmallStore(Duration readWait, Duration sealEvery, OptionalInt threads) implements EventStoreSettings {

    public SmallStore() {
        this(Duration.ofSeconds(60));
    }

    /** One that seals only when it is opened. */
    public SmallStore(Duration readWait) {
        this(readWait, Duration.ofDays(1));
    }

    public SmallStore(Duration readWait, Duration sealEvery) {
        this(readWait, sealEvery, OptionalInt.of(1));
    }

    /** One that works with several threads. */
    public SmallStore(int threads) {
        this(Duration.ofSeconds(60), Duration.ofDays(1), OptionalInt.of(threads));
    }

    @Override
    public String memoryLimit() {
        return "256MB";
    }

    @Override
    public String checkpointThreshold() {
        return "64MB";
    }
}
