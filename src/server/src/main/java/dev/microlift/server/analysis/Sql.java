package dev.microlift.server.analysis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A piece of SQL with the values of its parameters, in their order. */
record Sql(String text, List<Object> parameters) {

    Sql {
        parameters = List.copyOf(parameters);
    }

    static Sql of(String text, Object... parameters) {
        return new Sql(text, List.of(parameters));
    }

    /** Reads a file of this package. */
    static String file(String name) {
        try (InputStream in = Objects.requireNonNull(Sql.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Joins pieces, for instance by {@code " and "}. */
    static Sql join(String separator, List<Sql> pieces) {
        List<Object> parameters = new ArrayList<>();
        pieces.forEach(piece -> parameters.addAll(piece.parameters()));
        return new Sql(String.join(separator, pieces.stream().map(Sql::text).toList()), parameters);
    }

    /** The piece with something around it that has no parameters. */
    Sql within(String before, String after) {
        return new Sql(before + text + after, parameters);
    }
}
