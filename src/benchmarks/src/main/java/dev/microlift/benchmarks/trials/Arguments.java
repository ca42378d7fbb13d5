package dev.microlift.benchmarks.trials;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a program was told: every option it has, with the given value or the one that holds otherwise. */
final class Arguments {

    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads {@code --name value} pairs.
     *
     * @throws IllegalArgumentException if one is unknown or lacks its value
     */
    static Arguments parse(List<Option> options, List<String> given) {
        Map<String, String> values = new HashMap<>();
        options.forEach(option -> values.put(option.name(), option.fallback()));
        for (int i = 0; i < given.size(); i += 2) {
            if (!values.containsKey(given.get(i))) {
                throw new IllegalArgumentException("there is no option " + given.get(i));
            }
            if (i + 1 == given.size()) {
                throw new IllegalArgumentException(given.get(i) + " needs a value");
            }
            values.put(given.get(i), given.get(i + 1));
        }
        return new Arguments(values);
    }

    /** The value of an option; empty if there is none. */
    Optional<String> text(String name) {
        return Optional.of(value(name)).filter(value -> !value.isEmpty());
    }

    /** A whole number that is at least 1, except for seeds, which may be anything. */
    int number(String name) {
        long number = wholeNumber(name);
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + " must be at least 1");
        }
        return (int) number;
    }

    long seed() {
        return wholeNumber(Option.SEED.name());
    }

    Duration seconds() {
        return Duration.ofSeconds(number("--seconds"));
    }

    Path path(Option option) {
        return Path.of(value(option.name())).toAbsolutePath();
    }

    private long wholeNumber(String name) {
        try {
            return Long.parseLong(value(name));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(name + " must be a whole number", notANumber);
        }
    }

    private String value(String name) {
        @Nullable String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("the program has no option " + name);
        }
        return value;
    }
}
