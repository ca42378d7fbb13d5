package dev.microlift.openfeature;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Messages that are sent together. */
final class Batch {

    private static final byte[] START = "{\"batch\":[".getBytes(StandardCharsets.US_ASCII);

    private final List<byte[]> messages;

    /** @param messages each as JSON */
    Batch(List<byte[]> messages) {
        this.messages = List.copyOf(messages);
    }

    int messages() {
        return messages.size();
    }

    Batch firstHalf() {
        return new Batch(messages.subList(0, messages.size() / 2));
    }

    /** The messages that are not in the first. */
    Batch secondHalf() {
        return new Batch(messages.subList(messages.size() / 2, messages.size()));
    }

    /** The request's body; the time of sending is that of each attempt, since the server corrects clocks by it. */
    byte[] compressed(Instant sentAt) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
            gzip.write(START);
            for (int i = 0; i < messages.size(); i++) {
                if (i > 0) {
                    gzip.write(',');
                }
                gzip.write(messages.get(i));
            }
            gzip.write(("],\"sentAt\":\"" + sentAt + "\"}").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return body.toByteArray();
    }
}
