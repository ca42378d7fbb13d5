package dev.microlift.openfeature;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;

/** Messages that are sent together. */
final class Batch {

    private static final byte[] START = "{\"batch\":[".getBytes(StandardCharsets.US_ASCII);

    private final byte[] json;
    private final int messages;

    /**
     * @param json the messages, separated by commas
     * @param messages how many there are
     */
    Batch(byte[] json, int messages) {
        this.json = json;
        this.messages = messages;
    }

    int messages() {
        return messages;
    }

    /** The request's body; the time of sending is that of each attempt, since the server corrects clocks by it. */
    byte[] compressed(Instant sentAt) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
            gzip.write(START);
            gzip.write(json);
            gzip.write(("],\"sentAt\":\"" + sentAt + "\"}").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return body.toByteArray();
    }
}
