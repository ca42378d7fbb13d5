package dev.microlift.server.ingest;

import dev.microlift.server.access.KeyHolder;

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

    /** What of it is needed until its messages are durable. */
    Sent sent() {
        return new Sent(sender, body, envelope.messages());
    }
}
