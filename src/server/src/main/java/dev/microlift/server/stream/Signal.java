package dev.microlift.server.stream;

import java.time.Instant;

/** What a reader of a stream is told. */
public sealed interface Signal {

    /** Nothing happened; the stream works. */
    record Alive() implements Signal {}

    /**
     * The configuration is another than the reader knows.
     *
     * @param version grows with every change
     * @param at when it became so
     */
    record Changed(long version, Instant at) implements Signal {}
}
