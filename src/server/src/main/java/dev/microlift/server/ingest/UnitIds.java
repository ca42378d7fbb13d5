package dev.microlift.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ids a message belongs to.
 *
 * @param others ids of other unit types, by the type's name
 */
record UnitIds(@Nullable String userId, @Nullable String anonymousId, Map<String, String> others) {

    /**
     * What broken code sends in place of an id. Taken for an id, one of these would be the busiest unit of all and spoil
     * every experiment it is in.
     */
    private static final Set<String> PLACEHOLDERS = Set.of(
            "",
            "null",
            "(null)",
            "<null>",
            "nil",
            "none",
            "undefined",
            "nan",
            "infinity",
            "-infinity",
            "[object object]",
            "{}",
            "[]",
            "-",
            "n/a",
            "unknown",
            "anonymous",
            "true",
            "false",
            "00000000-0000-0000-0000-000000000000");

    private static final int LONGEST_PLACEHOLDER = 36;

    /**
     * Reads {@code userId}, {@code anonymousId} and {@code context.units}; at least one id must be there. The units named
     * {@code user} and {@code anonymous} stand in for the two fields that are absent; a field that is there wins.
     */
    static UnitIds of(JsonNode message, JsonNode context) throws Rejected {
        Map<String, String> others = others(context.path("units"));
        JsonNode user = message.path("userId");
        JsonNode anonymous = message.path("anonymousId");
        // Some libraries send "" for a visitor who is not logged in: no id, as long as there is another.
        Optional<String> userId =
                isEmpty(user) && (!isAbsent(anonymous) || !others.isEmpty()) ? Optional.empty() : unit(user, "/userId");
        Optional<String> anonymousId = isEmpty(anonymous) && (userId.isPresent() || !others.isEmpty())
                ? Optional.empty()
                : unit(anonymous, "/anonymousId");
        if (userId.isEmpty() && anonymousId.isEmpty() && others.isEmpty()) {
            throw new Rejected("", "no-unit", "userId, anonymousId or an entry of context.units is required");
        }
        return new UnitIds(
                userId.isPresent() ? userId.get() : others.remove("user"),
                anonymousId.isPresent() ? anonymousId.get() : others.remove("anonymous"),
                others);
    }

    private static Map<String, String> others(JsonNode units) throws Rejected {
        Map<String, String> others = new HashMap<>();
        if (isAbsent(units)) {
            return others;
        }
        if (!units.isObject()) {
            throw new Rejected("/context/units", "wrong-type", "an object of ids by unit type is expected");
        }
        for (Map.Entry<String, JsonNode> unit : units.properties()) {
            unit(
                            unit.getValue(),
                            "/context/units/" + unit.getKey().replace("~", "~0").replace("/", "~1"))
                    .ifPresent(id -> others.put(unit.getKey(), id));
        }
        return others;
    }

    private static Optional<String> unit(JsonNode value, String pointer) throws Rejected {
        return id(value, pointer, Limits.UNIT_ID_BYTES, "unit-id-too-long");
    }

    /** Reads an id: text, or a whole number taken as its decimal text; empty when absent. */
    static Optional<String> id(JsonNode value, String pointer, int maxBytes, String tooLong) throws Rejected {
        if (isAbsent(value)) {
            return Optional.empty();
        }
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw new Rejected(pointer, "wrong-type", "an id is text");
        }
        String id = value.asText();
        if (id.length() > maxBytes || id.getBytes(UTF_8).length > maxBytes) {
            throw new Rejected(pointer, tooLong, "an id here has at most " + maxBytes + " bytes");
        }
        if (isPlaceholder(id)) {
            throw new Rejected(pointer, "placeholder-id", "this is no id but what broken code sends in place of one");
        }
        return Optional.of(id);
    }

    private static boolean isPlaceholder(String id) {
        String stripped = id.strip();
        return stripped.length() <= LONGEST_PLACEHOLDER && PLACEHOLDERS.contains(stripped.toLowerCase(Locale.ROOT));
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isTextual() && value.textValue().isEmpty();
    }
}
