package dev.microlift.assignment;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JavaScript's conversions and equalities, because the published semantics of conditions rest on them: an attribute
 * {@code "18"} equals the number 18, null is less than 1, and so on. Values are JSON-like; anything else counts as an
 * object without members.
 */
public final class JavaScriptValues {

    /** Deeper attributes are cut off, so that hostile ones cannot exhaust the stack. */
    private static final int MAX_DEPTH = 32;

    private static final Object NULL_KEY = new Object();
    private static final Object CONTAINER_KEY = new Object();
    private static final String OBJECT_TEXT = "[object Object]";

    private JavaScriptValues() {}

    /** The value as text: {@code String(value)}. */
    public static String toText(@Nullable Object value) {
        return value == null ? "null" : toText(value, 0);
    }

    static double toNumber(@Nullable Object value) {
        if (value == null) {
            return 0;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        return isTextual(value) ? NumberText.parse(toText(value)) : Double.NaN;
    }

    /** Whether the value counts as true: neither null, false, 0, NaN nor an empty text. */
    public static boolean isTruthy(@Nullable Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof Number number) {
            double amount = number.doubleValue();
            return amount != 0 && !Double.isNaN(amount);
        }
        return value != null;
    }

    /** Whether an order compares the value as text; lists and objects are converted to text. */
    static boolean isTextual(@Nullable Object value) {
        return value != null && !(value instanceof Number) && !(value instanceof Boolean);
    }

    static String typeOf(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof String) {
            return "string";
        }
        if (value instanceof Number) {
            return "number";
        }
        if (value instanceof Boolean) {
            return "boolean";
        }
        return value instanceof List ? "array" : "object";
    }

    /** Equality without casts; lists and objects equal nothing. */
    static boolean strictlyEqual(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Number a && right instanceof Number b) {
            return a.doubleValue() == b.doubleValue();
        }
        if (left instanceof String || left instanceof Boolean) {
            return left.equals(right);
        }
        return left == null && right == null;
    }

    /** A key under which strictly equal values meet in a set; a list or an object meets nothing there. */
    static Object key(@Nullable Object value, boolean ignoreCase) {
        if (value == null) {
            return NULL_KEY;
        }
        if (value instanceof String text) {
            return ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
        }
        if (value instanceof Number number) {
            // Zero added, so that the two zeros are one.
            return number.doubleValue() + 0.0;
        }
        return value instanceof Boolean ? value : CONTAINER_KEY;
    }

    /** Equality of nested lists and objects. Recursion ends with the expected value, which is of bounded depth. */
    static boolean sameStructure(@Nullable Object expected, @Nullable Object actual) {
        if (expected instanceof List<?> list) {
            return actual instanceof List<?> other && sameElements(list, other);
        }
        if (expected instanceof Map<?, ?> map) {
            return actual instanceof Map<?, ?> other && sameMembers(map, other);
        }
        return strictlyEqual(expected, actual);
    }

    private static boolean sameElements(List<?> expected, List<?> actual) {
        if (expected.size() != actual.size()) {
            return false;
        }
        Iterator<?> others = actual.iterator();
        for (Object element : expected) {
            if (!others.hasNext() || !sameStructure(element, others.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameMembers(Map<?, ?> expected, Map<?, ?> actual) {
        if (expected.size() != actual.size()) {
            return false;
        }
        for (Map.Entry<?, ?> member : expected.entrySet()) {
            if (!actual.containsKey(member.getKey())
                    || !sameStructure(member.getValue(), actual.get(member.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static String toText(Object value, int depth) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Number number) {
            return NumberText.of(number);
        }
        if (value instanceof Boolean truth) {
            return truth.toString();
        }
        return value instanceof List<?> list ? joined(list, depth + 1) : OBJECT_TEXT;
    }

    private static String joined(List<?> list, int depth) {
        if (depth > MAX_DEPTH) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        Iterator<?> elements = list.iterator();
        while (elements.hasNext()) {
            Object element = elements.next();
            text.append(element == null ? "" : toText(element, depth));
            if (elements.hasNext()) {
                text.append(',');
            }
        }
        return text.toString();
    }
}
