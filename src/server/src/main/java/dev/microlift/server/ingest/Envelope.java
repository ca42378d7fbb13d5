package dev.microlift.server.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A parsed body: its messages and what it says about all of them.
 *
 * @param isComplete false if the body has no place for messages; who sent it is worth knowing all the same
 * @param writeKey the key, for senders who cannot put it into a header
 * @param context default context of its messages
 */
record Envelope(
        boolean isComplete,
        List<RawMessage> messages,
        Optional<String> writeKey,
        @Nullable Instant sentAt,
        ObjectNode context) {

    /** A body in which only its messages matter. */
    static Envelope of(List<RawMessage> messages) {
        return new Envelope(true, messages, Optional.empty(), null, JsonNodeFactory.instance.objectNode());
    }

    Envelope {
        messages = List.copyOf(messages);
    }
}
