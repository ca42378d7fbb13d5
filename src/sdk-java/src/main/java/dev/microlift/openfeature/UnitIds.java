package dev.microlift.openfeature;

import dev.microlift.assignment.EvaluationContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ids of whoever does something.
 *
 * @param byType never blank; at least {@code user}, {@code anonymous} or another unit type
 */
record UnitIds(Map<String, String> byType) {

    static final String USER = EvaluationContext.USER;
    static final String ANONYMOUS = "anonymous";

    static UnitIds of(String type, String id) {
        return new UnitIds(Map.of(type, id));
    }

    /** The ids of these types, and of users and anonymous visitors, as far as they are known. */
    static UnitIds of(
            @Nullable String targetingKey, Map<String, ? extends @Nullable Object> attributes, Set<String> types) {
        Map<String, String> ids = new LinkedHashMap<>();
        put(ids, USER, targetingKey, attributes);
        put(ids, ANONYMOUS, targetingKey, attributes);
        types.forEach(type -> put(ids, type, targetingKey, attributes));
        return new UnitIds(ids);
    }

    boolean isEmpty() {
        return byType.isEmpty();
    }

    private static void put(
            Map<String, String> ids,
            String type,
            @Nullable String targetingKey,
            Map<String, ? extends @Nullable Object> attributes) {
        String id = EvaluationContext.unitIdOrNull(type, targetingKey, attributes);
        if (id != null) {
            ids.put(type, id);
        }
    }
}
