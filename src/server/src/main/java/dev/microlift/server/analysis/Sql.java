package dev.microlift.server.analysis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A piece of SQL with the values of its parameters, in their order. */
record Sql(String text, List<Object> parameters) {

    /** Nothing at all. */
    static final Sql NOTHING = of("");

    private static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)}");

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

    /** Texts between quotes, separated by commas. */
    static Sql list(List<String> texts) {
        return of(texts.stream().map(Sql::quoted).collect(Collectors.joining(", ")));
    }

    /** A text between quotes, where it must stand in the statement itself. */
    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Fills the places {@code {name}} of a file's text; a place may stand several times. */
    static Sql fill(String text, Map<String, Sql> pieces) {
        StringBuilder filled = new StringBuilder();
        List<Object> parameters = new ArrayList<>();
        Matcher place = PLACE.matcher(text);
        int end = 0;
        while (place.find()) {
            Sql piece = Objects.requireNonNull(pieces.get(place.group(1)), place.group(1));
            filled.append(text.substring(end, place.start())).append(piece.text);
            parameters.addAll(piece.parameters);
            end = place.end();
        }
        return new Sql(filled.append(text.substring(end)).toString(), parameters);
    }

    /** The piece with something around it that has no parameters. */
    Sql within(String before, String after) {
        return new Sql(before + text + after, parameters);
    }
}
