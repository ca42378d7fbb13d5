package dev.microlift.server.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes messages one behind the other, each behind its length, in the layout of {@link MessageLayout}. */
final class MessageEncoder {

    private static final int FIRST_BYTES = 4096;

    private ByteBuffer out = ByteBuffer.allocate(FIRST_BYTES);

    /** Adds a message. */
    MessageEncoder put(Message message) {
        int start = out.position();
        room(Integer.BYTES + MessageLayout.TEXTS_AT);
        out.position(start + Integer.BYTES)
                .put(MessageLayout.VERSION)
                .put(MessageLayout.code(message.kind()))
                .put(MessageLayout.flags(message))
                .putInt(message.content())
                .putLong(message.time().toEpochMilli())
                .putLong(message.receivedAt().toEpochMilli())
                .putInt(message.units().size());
        text(message.messageId());
        text(message.event());
        text(message.properties());
        text(message.context());
        optional(message.userId());
        optional(message.anonymousId());
        Exposure exposure = message.exposure();
        if (exposure != null) {
            text(exposure.experiment());
            text(exposure.variant());
        }
        for (Map.Entry<String, String> unit : message.units().entrySet()) {
            text(unit.getKey());
            text(unit.getValue());
        }
        out.putInt(start, out.position() - start - Integer.BYTES);
        return this;
    }

    private void optional(@Nullable String text) {
        if (text != null) {
            text(text);
        }
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        room(Integer.BYTES + bytes.length);
        out.putInt(bytes.length).put(bytes);
    }

    private void room(int bytes) {
        if (out.remaining() < bytes) {
            int needed = out.position() + bytes;
            out = ByteBuffer.allocate(Math.max(needed, 2 * out.capacity())).put(out.flip());
        }
    }

    /** How many bytes are written. */
    int size() {
        return out.position();
    }

    /** What is written, and some room behind it. */
    byte[] bytes() {
        return out.array();
    }
}
