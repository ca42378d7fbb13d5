package dev.microlift.server.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object. Each is asked for once, by name and type; what is wrong is noted with its pointer and
 * reading goes on. A field that nobody asked for is a fault too: a typo must not pass silently.
 */
public final class Fields {

    private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private final JsonNode node;
    private final String pointer;
    private final Faults faults;
    private final int faultsBefore;
    private final Set<String> asked = new HashSet<>();

    private Fields(JsonNode node, String pointer, Faults faults) {
        this.node = node;
        this.pointer = pointer;
        this.faults = faults;
        this.faultsBefore = faults.count();
    }

    /**
     * Reads an object: the reader asks for its fields and answers with what they say. Nothing is built from an object
     * with a fault.
     */
    public static <T> Optional<T> read(
            JsonNode node, String pointer, Faults faults, Function<Fields, Optional<T>> reader) {
        if (!node.isObject()) {
            faults.add(pointer, "wrong-type", "an object is expected");
            return Optional.empty();
        }
        Fields fields = new Fields(node, pointer, faults);
        Optional<T> result = reader.apply(fields);
        fields.refuseUnknown();
        return fields.isFaulty() ? Optional.empty() : result;
    }

    /** Escapes one reference token of a JSON Pointer (RFC 6901). */
    public static String escape(String token) {
        return token.replace("~", "~0").replace("/", "~1");
    }

    private void refuseUnknown() {
        node.fieldNames().forEachRemaining(name -> {
            if (!asked.contains(name)) {
                fault(name, "unknown-field", "there is no field of this name here");
            }
        });
    }

    /** Fields that a caller may send back as he read them; their values do not matter. */
    public void ignore(String... readOnly) {
        asked.addAll(Arrays.asList(readOnly));
    }

    /** True if anything asked so far was wrong. */
    public boolean isFaulty() {
        return faults.count() > faultsBefore;
    }

    /** The pointer to a field of this object. */
    public String at(String name) {
        return pointer + "/" + escape(name);
    }

    /** Notes a fault at a field. */
    public void fault(String name, String code, String detail) {
        faults.add(at(name), code, detail);
    }

    /** Notes a fault at an item of a list. */
    public void fault(String name, int index, String code, String detail) {
        faultBelow(name, "/" + index, code, detail);
    }

    /** Notes a fault at a place inside a field, by the pointer from the field to it. */
    public void faultBelow(String name, String below, String code, String detail) {
        faults.add(at(name) + below, code, detail);
    }

    /** True if the field is there and not null. */
    public boolean has(String name) {
        return value(name) != null;
    }

    /** The field as it stands, for values of any shape. */
    public Optional<JsonNode> any(String name) {
        return Optional.ofNullable(value(name));
    }

    /** A required key: lower-case letters, digits, {@code . _ -}, at most 63 characters. */
    public String key(String name) {
        String text = requiredText(name, 200);
        if (has(name) && !text.isEmpty() && !KEY.matcher(text).matches()) {
            fault(name, "invalid-key", "a key has 1 to 63 of a-z 0-9 . _ - and starts with a letter or digit");
        }
        return text;
    }

    /** An optional key. */
    public Optional<String> optionalKey(String name) {
        return has(name) ? Optional.of(key(name)) : absent(name);
    }

    /** A required text that is not blank; empty when it is faulty. */
    public String requiredText(String name, int maxLength) {
        if (!has(name)) {
            asked.add(name);
            fault(name, "required", "the field is required");
            return "";
        }
        return text(name, maxLength)
                .filter(text -> {
                    if (text.isBlank()) {
                        fault(name, "blank", "the text must not be blank");
                    }
                    return true;
                })
                .orElse("");
    }

    /** An optional text. */
    public Optional<String> text(String name, int maxLength) {
        JsonNode value = value(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            fault(name, "wrong-type", "text is expected");
            return Optional.empty();
        }
        if (value.textValue().codePointCount(0, value.textValue().length()) > maxLength) {
            fault(name, "too-long", "at most " + maxLength + " characters");
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    /** An optional truth value. */
    public boolean flag(String name, boolean absent) {
        JsonNode value = value(name);
        if (value == null) {
            return absent;
        }
        if (!value.isBoolean()) {
            fault(name, "wrong-type", "true or false is expected");
        }
        return value.booleanValue();
    }

    /** An optional finite number. */
    public OptionalDouble number(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return OptionalDouble.empty();
        }
        if (!value.isNumber()) {
            fault(name, "wrong-type", "a number is expected");
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(value.doubleValue());
    }

    /** An optional whole number within bounds, both inclusive. */
    public OptionalLong whole(String name, long min, long max) {
        JsonNode value = value(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber()) {
            fault(name, "wrong-type", "a whole number is expected");
            return OptionalLong.empty();
        }
        if (!value.canConvertToLong() || value.longValue() < min || value.longValue() > max) {
            fault(name, "out-of-range", "a whole number from " + min + " to " + max + " is expected");
            return OptionalLong.empty();
        }
        return OptionalLong.of(value.longValue());
    }

    /** An optional positive ISO 8601 duration of days, hours, minutes and seconds, such as {@code P7D} or {@code PT30M}. */
    public Optional<Duration> duration(String name, Duration max) {
        return text(name, 40).flatMap(text -> {
            try {
                Duration duration = Duration.parse(text);
                if (duration.compareTo(Duration.ofMillis(1)) < 0 || duration.compareTo(max) > 0) {
                    fault(name, "out-of-range", "a duration of at most " + max.toDays() + " days is expected");
                    return Optional.empty();
                }
                return Optional.of(duration);
            } catch (DateTimeParseException | ArithmeticException malformed) {
                fault(name, "invalid-duration", "an ISO 8601 duration such as P7D or PT30M is expected");
                return Optional.empty();
            }
        });
    }

    /** An optional choice of an enumeration, written in camel case. */
    public <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        return text(name, 100).flatMap(text -> {
            Optional<E> constant = Choices.find(type, text);
            if (constant.isEmpty()) {
                fault(name, "unknown-value", "one of " + Choices.names(type) + " is expected");
            }
            return constant;
        });
    }

    /** A list of texts, empty when absent. */
    public List<String> texts(String name, int maxItems, int maxLength) {
        return list(name, 0, maxItems, (item, at) -> {
            if (!item.isTextual()
                    || item.textValue().isBlank()
                    || item.textValue().length() > maxLength) {
                faults.add(at, "wrong-type", "text of 1 to " + maxLength + " characters is expected");
                return Optional.empty();
            }
            return Optional.of(item.textValue());
        });
    }

    /** A list of finite numbers; it must have between {@code min} and {@code max} items when {@code min} is above 0. */
    public List<Double> numbers(String name, int min, int max) {
        return list(name, min, max, (item, at) -> {
            if (!item.isNumber()) {
                faults.add(at, "wrong-type", "a number is expected");
                return Optional.empty();
            }
            return Optional.of(item.doubleValue());
        });
    }

    /** A list of objects; it must have between {@code min} and {@code max} items when {@code min} is above 0. */
    public <T> List<T> objects(String name, int min, int max, Function<Fields, Optional<T>> reader) {
        return list(name, min, max, (item, at) -> read(item, at, faults, reader));
    }

    private <T> List<T> list(String name, int min, int max, ItemReader<T> reader) {
        JsonNode value = value(name);
        if (value == null) {
            if (min > 0) {
                fault(name, "required", "the field is required");
            }
            return List.of();
        }
        if (!value.isArray()) {
            fault(name, "wrong-type", "a list is expected");
            return List.of();
        }
        if (value.size() < min || value.size() > max) {
            fault(name, "wrong-length", "a list of " + min + " to " + max + " items is expected");
            return List.of();
        }
        List<T> items = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            reader.read(value.get(i), at(name) + "/" + i).ifPresent(items::add);
        }
        return items;
    }

    /** An optional object. */
    public <T> Optional<T> object(String name, Function<Fields, Optional<T>> reader) {
        JsonNode value = value(name);
        return value == null ? Optional.empty() : read(value, at(name), faults, reader);
    }

    /** An object whose field names are free and whose values are texts, in the order of writing. */
    public Map<String, String> textMap(String name, int maxEntries) {
        JsonNode value = value(name);
        if (value == null) {
            return Map.of();
        }
        if (!value.isObject() || value.size() > maxEntries) {
            fault(name, "wrong-type", "an object of at most " + maxEntries + " texts is expected");
            return Map.of();
        }
        Map<String, String> map = new LinkedHashMap<>();
        value.properties().forEach(entry -> {
            if (entry.getValue().isTextual()) {
                map.put(entry.getKey(), entry.getValue().textValue());
            } else {
                faults.add(at(name) + "/" + escape(entry.getKey()), "wrong-type", "text is expected");
            }
        });
        return map;
    }

    private @Nullable JsonNode value(String name) {
        asked.add(name);
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private <T> Optional<T> absent(String name) {
        asked.add(name);
        return Optional.empty();
    }

    private interface ItemReader<T> {
        Optional<T> read(JsonNode item, String pointer);
    }
}
