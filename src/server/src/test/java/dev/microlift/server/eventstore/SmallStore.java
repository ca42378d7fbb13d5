package dev.microlift.server.eventstore;

import java.util.OptionalInt;

/** Settings of a store that tests open. */
public record SmallStore(int queueMessages, long queueBytes) implements EventStoreSettings {

    public SmallStore() {
        this(50_000, 64L << 20);
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
