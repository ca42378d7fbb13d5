package dev.microlift.openfeature;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes messages out of the outbox and puts them into batches that the server accepts. For one thread. */
final class Batcher {

    private static final System.Logger LOG = System.getLogger(Batcher.class.getName());

    /** The server takes 500 KB on the wire. Counted before compression, so that no content can exceed it. */
    static final int MOST_BYTES = 480_000;
    /** The server takes 32 KB. */
    static final int MOST_BYTES_OF_A_MESSAGE = 32_000;

    private final Outbox outbox;
    private final int mostMessages;
    private final MessageWriter writer = new MessageWriter();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private boolean messageLeft;

    Batcher(Outbox outbox, int mostMessages) {
        this.outbox = outbox;
        this.mostMessages = mostMessages;
    }

    /** The next batch; it is empty if nothing waits. */
    Batch next() {
        List<byte[]> messages = new ArrayList<>();
        int bytes = 0;
        while (messages.size() < mostMessages && prepareMessage()) {
            bytes += 1 + message.size();
            if (bytes > MOST_BYTES) {
                break;
            }
            messages.add(message.toByteArray());
            messageLeft = false;
        }
        return new Batch(messages);
    }

    /** Messages that left the outbox and are in no batch yet. */
    int underway() {
        return messageLeft ? 1 : 0;
    }

    private boolean prepareMessage() {
        while (!messageLeft) {
            Outgoing next = outbox.poll();
            if (next == null) {
                return false;
            }
            messageLeft = written(next);
        }
        return true;
    }

    private boolean written(Outgoing next) {
        message.reset();
        try {
            writer.write(next, message);
        } catch (IOException | RuntimeException unwritable) {
            return rejected(String.valueOf(unwritable.getMessage()));
        }
        return message.size() <= MOST_BYTES_OF_A_MESSAGE
                || rejected("it is larger than " + MOST_BYTES_OF_A_MESSAGE + " bytes");
    }

    private boolean rejected(@Nullable String reason) {
        LOG.log(Level.WARNING, "a message cannot be sent: {0}", reason);
        outbox.settle(0, 1);
        return false;
    }
}
