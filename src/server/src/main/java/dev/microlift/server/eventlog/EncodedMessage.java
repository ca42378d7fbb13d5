package dev.microlift.server.eventlog;

import java.nio.ByteBuffer;

/**
 * A message as it will be written. Made by the thread that appends it, so that the one writer has little left to do.
 *
 * @param content of {@link Message#content()}
 * @param bytes in the layout of {@link MessageCodec}
 */
record EncodedMessage(Fingerprint id, int content, ByteBuffer bytes) {

    /** How many bytes it takes. */
    int size() {
        return bytes.remaining();
    }

    static EncodedMessage of(Message message) {
        return new EncodedMessage(Fingerprint.of(message.messageId()), message.content(), MessageCodec.encode(message));
    }
}
