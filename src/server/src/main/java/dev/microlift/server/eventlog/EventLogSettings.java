package dev.microlift.server.eventlog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Settings of the log of record. */
@ConfigMapping(prefix = "microlift.event-log")
public interface EventLogSettings {

    /** How large a file of the log grows, in bytes; on a small disk at most a 32nd part of it. */
    @WithDefault("67108864")
    long segmentBytes();

    /**
     * How many bytes of the disk stay free: below, messages are refused with 503 before the disk is really full. Without
     * it a twentieth of the disk, and at most 512 MiB.
     */
    OptionalLong reserveBytes();

    /** How many messages may wait to be written; more are refused with 429. */
    @WithDefault("50000")
    int queueMessages();

    /** How many bytes of messages may wait to be written. */
    @WithDefault("67108864")
    long queueBytes();

    /** How many messages the store may be behind the log before new ones are refused with 429. */
    @WithDefault("2000000")
    long maxBehind();

    /**
     * Bytes of memory for recognising message ids, beside the heap. For up to 400,000 ids a megabyte new ones are told
     * from repeated ones in memory; beyond, the disk is asked, which takes ten times as long. Without it an eighth of the
     * largest heap, at least 64 MiB and at most 256 MiB.
     */
    OptionalInt idMemoryBytes();
}
