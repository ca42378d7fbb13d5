package dev.microlift.assignment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists and objects in a condition's definition. */
final class JsonStructure {

    private JsonStructure() {}

    static boolean isContainer(@Nullable Object json) {
        return json instanceof List || json instanceof Map;
    }

    /** Whether every member is an operator, and there is one. */
    static boolean isOfOperators(Map<?, ?> members) {
        return !members.isEmpty() && members.keySet().stream().allMatch(JsonStructure::isOperator);
    }

    static boolean hasOperator(Map<?, ?> members) {
        return members.keySet().stream().anyMatch(JsonStructure::isOperator);
    }

    /** Whether containers are nested in each other more often than this. */
    static boolean isDeeperThan(int levels, @Nullable Object json) {
        if (json instanceof Map<?, ?> map) {
            return isAnyDeeperThan(levels - 1, map.values());
        }
        return json instanceof List<?> list && isAnyDeeperThan(levels - 1, list);
    }

    private static boolean isAnyDeeperThan(int levels, Iterable<?> children) {
        if (levels < 0) {
            return true;
        }
        for (Object child : children) {
            if (isDeeperThan(levels, child)) {
                return true;
            }
        }
        return false;
    }

    /** An unmodifiable deep copy. */
    static @Nullable Object copyOf(@Nullable Object json) {
        if (json instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(copyOf(element)));
            return Collections.unmodifiableList(copy);
        }
        if (json instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((name, value) -> copy.put(String.valueOf(name), copyOf(value)));
            return Collections.unmodifiableMap(copy);
        }
        return json;
    }

    private static boolean isOperator(@Nullable Object name) {
        return name instanceof String text && text.startsWith("$");
    }
}
