package dev.microlift.benchmarks.trials;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds single fields in the server's own answers. It is no parser: it relies on the names being unique where they are
 * looked for, and on keys and events of trials holding nothing that needs escaping.
 */
final class JsonText {

    private JsonText() {}

    static OptionalLong number(String json, String field) {
        Matcher found =
                Pattern.compile("\"" + field + "\"\\s*:\\s*(-?\\d{1,18})\\b").matcher(json);
        return found.find() ? OptionalLong.of(Long.parseLong(found.group(1))) : OptionalLong.empty();
    }

    static Optional<String> text(String json, String field) {
        Matcher found =
                Pattern.compile("\"" + field + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    /** The sum of a field over all items that a text begins, up to the field. */
    static long sumAfter(String json, String beginning, String field) {
        String name = "\"" + field + "\"";
        long sum = 0;
        for (int at = json.indexOf(beginning); at >= 0; at = json.indexOf(beginning, at + 1)) {
            int found = json.indexOf(name, at);
            sum += found < 0
                    ? 0
                    : number(json.substring(found, Math.min(json.length(), found + name.length() + 24)), field)
                            .orElse(0);
        }
        return sum;
    }
}
