package dev.microlift.openfeature;

import dev.microlift.assignment.EvaluationContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ids of whoever does something. */
sealed interface UnitIds {

    String USER = EvaluationContext.USER;
    String ANONYMOUS = "anonymous";

    /** Never blank; at least {@code user}, {@code anonymous} or another unit type, or nothing. */
    Map<String, String> byType();

    default boolean isEmpty() {
        return byType().isEmpty();
    }

    /** The usual case, in little memory, because many wait to be sent. */
    record One(String type, String id) implements UnitIds {
        @Override
        public Map<String, String> byType() {
            return Map.of(type, id);
        }
    }

    /** In the order in which they were asked for. */
    record Several(Map<String, String> byType) implements UnitIds {}

    /** The ids of these types, and of users and anonymous visitors, as far as they are known. */
    static UnitIds of(
            @Nullable String targetingKey, Map<String, ? extends @Nullable Object> attributes, Set<String> types) {
        Map<String, String> ids = new LinkedHashMap<>();
        put(ids, USER, targetingKey, attributes);
        put(ids, ANONYMOUS, targetingKey, attributes);
        types.forEach(type -> put(ids, type, targetingKey, attributes));
        return new Several(ids);
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
