package dev.microlift.server.analysis;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says by which channel a unit came: the first rule that fits. The file of the rules says how they are written. */
final class ChannelRules {

    /** What no rule fits. */
    static final String DIRECT = "direct";

    private static final int FIELDS = 4;
    private static final String ABSENT = "-";

    private final List<Rule> rules;

    private ChannelRules(List<Rule> rules) {
        this.rules = rules;
    }

    /** Patterns of source, medium, click id and referrer; null fits everything. */
    private record Rule(String channel, List<@Nullable Pattern> fields) {

        boolean fits(List<String> origin) {
            for (int i = 0; i < FIELDS; i++) {
                Pattern field = fields.get(i);
                if (field != null && !field.matches(origin.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Reads rules as they stand in the file.
     *
     * @throws IllegalArgumentException if a line is none; it says which, by its number: the file may be quite another one
     */
    static ChannelRules parse(String text) {
        List<Rule> rules = new ArrayList<>();
        List<String> lines = text.lines().map(String::strip).toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isEmpty() && !line.startsWith("#")) {
                int number = i + 1;
                rules.add(rule(line)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "line %d is not a channel and four patterns, separated by semicolons"
                                        .formatted(number))));
            }
        }
        return new ChannelRules(List.copyOf(rules));
    }

    private static Optional<Rule> rule(String line) {
        List<String> parts =
                Arrays.stream(line.split(";", -1)).map(String::strip).toList();
        if (parts.size() != FIELDS + 1 || parts.get(0).isEmpty()) {
            return Optional.empty();
        }
        List<@Nullable Pattern> fields = new ArrayList<>();
        try {
            for (String field : parts.subList(1, parts.size())) {
                fields.add(field.isEmpty() ? null : Pattern.compile(field.equals(ABSENT) ? "" : field));
            }
        } catch (PatternSyntaxException noPattern) {
            return Optional.empty();
        }
        return Optional.of(new Rule(parts.get(0), fields));
    }

    /** @param origin source, medium, click id and referrer in lower case; empty where absent */
    String channel(List<String> origin) {
        return rules.stream()
                .filter(rule -> rule.fits(origin))
                .map(Rule::channel)
                .findFirst()
                .orElse(DIRECT);
    }
}
