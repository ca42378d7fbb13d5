package dev.microlift.openfeature;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Splits a stream of server-sent events, as the HTML standard defines them, into events. Bytes may arrive in any
 * portions. Ids and reconnection times are not used.
 */
final class EventStreamParser {

    /** Takes an event. */
    @FunctionalInterface
    interface Listener {
        void onEvent(String name, byte[] data);
    }

    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event".getBytes(StandardCharsets.US_ASCII);

    private final int mostBytes;
    private final Listener listener;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private String name = "";
    private boolean afterCarriageReturn;

    /** @param mostBytes no line and no event may be longer */
    EventStreamParser(int mostBytes, Listener listener) {
        this.mostBytes = mostBytes;
        this.listener = listener;
    }

    /**
     * Takes the next bytes.
     *
     * @throws IOException if a line or an event is too long
     */
    void accept(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            boolean secondHalfOfEnd = next == '\n' && afterCarriageReturn;
            afterCarriageReturn = next == '\r';
            if (secondHalfOfEnd) {
                continue;
            }
            if (next == '\n' || next == '\r') {
                endLine();
            } else if (line.size() + data.size() >= mostBytes) {
                throw new IOException("an event is longer than " + mostBytes + " bytes");
            } else {
                line.write(next);
            }
        }
    }

    private void endLine() {
        byte[] bytes = line.toByteArray();
        line.reset();
        if (bytes.length == 0) {
            dispatch();
        } else if (isField(bytes, EVENT)) {
            int from = valueAt(bytes, EVENT.length);
            name = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        } else if (isField(bytes, DATA)) {
            int from = valueAt(bytes, DATA.length);
            data.write(bytes, from, bytes.length - from);
            data.write('\n');
        }
    }

    private void dispatch() {
        if (data.size() > 0) {
            byte[] withLineEnd = data.toByteArray();
            byte[] bytes = new byte[withLineEnd.length - 1];
            System.arraycopy(withLineEnd, 0, bytes, 0, bytes.length);
            listener.onEvent(name.isEmpty() ? "message" : name, bytes);
        } else if (!name.isEmpty()) {
            // The standard drops events without data; for a mere notice the name says enough.
            listener.onEvent(name, new byte[0]);
        }
        data.reset();
        name = "";
    }

    private static boolean isField(byte[] line, byte[] field) {
        if (line.length < field.length || line.length > field.length && line[field.length] != ':') {
            return false;
        }
        for (int i = 0; i < field.length; i++) {
            if (line[i] != field[i]) {
                return false;
            }
        }
        return true;
    }

    /** One space after the colon does not belong to the value. */
    private static int valueAt(byte[] line, int colon) {
        int from = Math.min(colon + 1, line.length);
        return from < line.length && line[from] == ' ' ? from + 1 : from;
    }
}
