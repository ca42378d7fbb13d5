package dev.microlift.assignment;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The user's id as conditions ask for it. Every protocol calls it otherwise, so a condition may call it by any of the
 * names, and an attribute that was given under the very name comes first.
 */
public final class UserAttributes {

    /** What GrowthBook's SDKs, OpenFeature and unit types call the user's id. */
    public static final Set<String> NAMES = Set.of("id", "targetingKey", EvaluationContext.USER);

    private UserAttributes() {}

    /** The attributes, and the user's id under those of its names that they lack. */
    static Map<String, ? extends @Nullable Object> completed(
            @Nullable String targetingKey, Map<String, ? extends @Nullable Object> attributes) {
        String userId = EvaluationContext.unitIdOrNull(EvaluationContext.USER, targetingKey, attributes);
        if (userId == null) {
            return attributes;
        }
        Map<String, @Nullable Object> completed = new HashMap<>(attributes);
        NAMES.forEach(name -> completed.putIfAbsent(name, userId));
        return completed;
    }
}
