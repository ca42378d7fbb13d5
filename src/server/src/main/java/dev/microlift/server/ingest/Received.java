package dev.microlift.server.ingest;

import dev.microlift.server.access.KeyHolder;
import dev.microlift.server.reject.Excerpt;

/** A request that was read: who sent it, and what. */
final class Received {

    private final KeyHolder sender;
    private final byte[] body;
    private final Envelope envelope;

    Received(KeyHolder sender, byte[] body, Envelope envelope) {
        this.sender = sender;
        this.body = body;
        this.envelope = envelope;
    }

    KeyHolder sender() {
        return sender;
    }

    Envelope envelope() {
        return envelope;
    }

    /** How a message began, as it was sent. */
    String excerpt(RawMessage message) {
        return Excerpt.of(body, (int) message.start(), (int) message.bytes());
    }
}
