package dev.microlift.server.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;

/** Checks that every text and number of a tree can be stored and computed with. */
public final class Representable {

    /** Beyond these a number is no measurement, and arithmetic on it can take minutes. */
    private static final int MAX_SCALE = 400;

    private static final int MAX_DIGITS = 100;

    private Representable() {}

    /** Adds a fault for every text that is not well-formed Unicode or holds NUL, and every number out of range. */
    public static void check(JsonNode root, Faults faults) {
        // Nearly everything is fine, and writing down where one stands costs more than looking.
        if (!isFine(root)) {
            check(root, "", faults);
        }
    }

    private static boolean isFine(JsonNode node) {
        if (node.isTextual()) {
            return isWellFormed(node.textValue());
        }
        if (node.isNumber()) {
            return isFinite(node);
        }
        if (node.isArray()) {
            for (JsonNode item : node) {
                if (!isFine(item)) {
                    return false;
                }
            }
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (!isWellFormed(field.getKey()) || !isFine(field.getValue())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void check(JsonNode node, String pointer, Faults faults) {
        if (node.isTextual()) {
            if (!isWellFormed(node.textValue())) {
                faults.add(pointer, "invalid-text", "the text is not well-formed Unicode or holds a NUL character");
            }
        } else if (node.isNumber()) {
            if (!isFinite(node)) {
                faults.add(pointer, "number-out-of-range", "the number is too large, too small or too long");
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                check(node.get(i), pointer + "/" + i, faults);
            }
        } else if (node.isObject()) {
            node.properties().forEach(field -> {
                String child = pointer + "/" + Fields.escape(field.getKey());
                if (!isWellFormed(field.getKey())) {
                    faults.add(pointer, "invalid-text", "a field's name is not well-formed Unicode or holds NUL");
                }
                check(field.getValue(), child, faults);
            });
        }
    }

    /** True if the number is a finite double that can be written out in reasonable length. */
    private static boolean isFinite(JsonNode number) {
        if (number.isInt() || number.isLong()) {
            return true;
        }
        BigDecimal value = number.decimalValue();
        return Math.abs((long) value.scale()) <= MAX_SCALE
                && value.precision() <= MAX_DIGITS
                && Double.isFinite(value.doubleValue());
    }

    /** True if the text has neither unpaired surrogates nor NUL characters. */
    public static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }
}
