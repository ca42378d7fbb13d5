package dev.microlift.server.document;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Closed choices as they are written in documents and parameters: {@code ON_EVALUATION} as {@code onEvaluation}. */
public final class Choices {

    private Choices() {}

    /** How a constant is written. */
    public static String write(Enum<?> constant) {
        return writeName(constant.name());
    }

    /** How a constant is written that is called so. */
    public static String writeName(String name) {
        String[] words = name.toLowerCase(Locale.ROOT).split("_", -1);
        StringBuilder written = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            written.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return written.toString();
    }

    /** The constant that is written so. */
    public static <E extends Enum<E>> Optional<E> find(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> write(constant).equals(text))
                .findFirst();
    }

    /** All that may be written, for people. */
    public static String names(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Choices::write).collect(Collectors.joining(", "));
    }

    /**
     * Reads a query parameter; empty if it is absent.
     *
     * @throws ProblemException naming the parameter and its choices
     */
    public static <E extends Enum<E>> Optional<E> parameter(String name, @Nullable String text, Class<E> type) {
        if (text == null) {
            return Optional.empty();
        }
        return Optional.of(find(type, text)
                .orElseThrow(
                        () -> new ProblemException(ErrorCode.INVALID_PARAMETER, name + " is one of " + names(type))));
    }
}
