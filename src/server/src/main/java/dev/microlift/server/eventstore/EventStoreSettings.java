package dev.microlift.server.eventstore;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.OptionalInt;

/** Settings of the event store. */
@ConfigMapping(prefix = "microlift.event-store")
public interface EventStoreSettings {

    /** How much memory the database may take before it spills to disk, beside the heap. */
    @WithDefault("1GB")
    String memoryLimit();

    /** How many threads a question may use; all processors by default. */
    OptionalInt threads();

    /** How large the write-ahead log grows before it is folded into the tables. A large one is read longer at start. */
    @WithDefault("256MB")
    String checkpointThreshold();

    /** How many messages may wait to be written; more are refused with 429. */
    @WithDefault("50000")
    int queueMessages();

    /** How many bytes of messages may wait to be written. */
    @WithDefault("67108864")
    long queueBytes();
}
