package dev.microlift.server.ingest;

import dev.microlift.server.access.KeyHolder;
import dev.microlift.server.reject.Excerpt;
import java.util.List;

/** The messages of a request as they were sent, without what was made of them. */
final class Sent {

    private final KeyHolder sender;
    private final byte[] body;
    private final int[] starts;
    private final int[] lengths;

    Sent(KeyHolder sender, byte[] body, List<RawMessage> messages) {
        this.sender = sender;
        this.body = body;
        this.starts =
                messages.stream().mapToInt(message -> (int) message.start()).toArray();
        this.lengths =
                messages.stream().mapToInt(message -> (int) message.bytes()).toArray();
    }

    KeyHolder sender() {
        return sender;
    }

    int messages() {
        return starts.length;
    }

    /** How a message began. */
    String excerpt(int message) {
        return Excerpt.of(body, starts[message], lengths[message]);
    }
}
