package dev.microlift.server.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;

/** Statements from this package's files, and how values are written into them where no parameter can stand. */
final class StoreSql {

    private StoreSql() {}

    /** Reads a file of this package. */
    static String file(String name) {
        try (InputStream in = Objects.requireNonNull(StoreSql.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A text between quotes. */
    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** A file's name between quotes: brackets and stars in it are no patterns. */
    static String quoted(Path file) {
        return quoted(file.toString().replaceAll("([\\[*?])", "[$1]"));
    }
}
