package dev.microlift.server.report.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A long answer, written to a temporary file before it is sent: a slow reader holds up no snapshot of the events, and no
 * answer has to fit into memory. The file goes when its stream is closed.
 */
public final class Spool {

    private Spool() {}

    /** Writes the answer. */
    @FunctionalInterface
    public interface Source {

        /** Writes all of it. */
        void writeTo(Writer text) throws IOException;
    }

    /** The answer, ready to be read. */
    public static InputStream of(Source source) {
        try {
            Path file = Files.createTempFile("microlift-", ".part");
            try (BufferedWriter text = Files.newBufferedWriter(file, UTF_8)) {
                source.writeTo(text);
            } catch (IOException | RuntimeException failure) {
                Files.deleteIfExists(file);
                throw failure;
            }
            return Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
