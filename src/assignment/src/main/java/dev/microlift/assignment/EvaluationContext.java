package dev.microlift.assignment;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the unit that asks: its id and its attributes.
 *
 * @param attributes JSON-like values: text, boolean, number, list, map or null; ids of other unit types ride here under
 *     the unit type's name
 */
public record EvaluationContext(@Nullable String targetingKey, Map<String, @Nullable Object> attributes) {

    /** The unit type whose id the targeting key is. */
    public static final String USER = "user";

    private static final double LARGEST_EXACT_INTEGER = 1L << 53;

    public EvaluationContext {
        attributes = attributes.isEmpty() ? Map.of() : Collections.unmodifiableMap(new HashMap<>(attributes));
    }

    /** A context without attributes. */
    public static EvaluationContext of(String targetingKey) {
        return new EvaluationContext(targetingKey, Map.of());
    }

    /**
     * The id of the unit of this type: the attribute under the type's name if it is text or an integer, but for
     * {@value #USER} the targeting key, if there is one. A blank id is none.
     */
    public Optional<String> unitId(String unitType) {
        return Optional.ofNullable(unitIdOrNull(unitType, targetingKey, attributes));
    }

    /** {@link #unitId(String)} for a context that is not worth an object of its own; null if there is no id. */
    public static @Nullable String unitIdOrNull(
            String unitType, @Nullable String targetingKey, Map<String, ? extends @Nullable Object> attributes) {
        return unitIdOrNull(attributes.get(unitType), unitType, targetingKey);
    }

    /** The same where only the attribute under the type's name is at hand; null if there is none. */
    public static @Nullable String unitIdOrNull(
            @Nullable Object attribute, String unitType, @Nullable String targetingKey) {
        String userId = unitType.equals(USER) ? asId(targetingKey) : null;
        return userId != null ? userId : asId(attribute);
    }

    private static @Nullable String asId(@Nullable Object value) {
        if (value instanceof String text) {
            return text.isBlank() ? null : text;
        }
        return value instanceof Number number ? integerText(number) : null;
    }

    /** 42 and 42.0 are one id, because some languages cannot tell them apart. */
    private static @Nullable String integerText(Number number) {
        if (number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof Byte
                || number instanceof BigInteger) {
            return number.toString();
        }
        double value = number.doubleValue();
        if (value != Math.rint(value) || Math.abs(value) > LARGEST_EXACT_INTEGER) {
            return null;
        }
        if (number instanceof BigDecimal decimal && decimal.compareTo(BigDecimal.valueOf(value)) != 0) {
            return null;
        }
        return Long.toString((long) value);
    }
}
