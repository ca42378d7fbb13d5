package dev.microlift.server.eventstore;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
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

    /** How long a question waits at most until all that was acknowledged before it is loaded. */
    @WithDefault("PT2S")
    Duration readWait();

    /** How often finished days are looked for. */
    @WithDefault("PT5M")
    Duration sealEvery();
}
