package dev.microlift.assignment.growthbook;

import dev.microlift.assignment.JavaScriptValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is randomised: an attribute and its value.
 *
 * @param value the attribute as it was given; the empty text if there is none
 */
record Unit(String attribute, Object value) {

    boolean isMissing() {
        return value.equals("");
    }

    /** What is hashed. */
    String text() {
        return JavaScriptValues.toText(value);
    }

    /**
     * Where to find the unit.
     *
     * @param fallback another attribute for units without the first, used only with sticky buckets
     */
    record Source(String attribute, Optional<String> fallback) {

        private static final String DEFAULT_ATTRIBUTE = "id";

        static Source of(Optional<String> attribute, Optional<String> fallback) {
            return new Source(attribute.orElse(DEFAULT_ATTRIBUTE), fallback);
        }

        /** Each attribute on its own, the fallback first. */
        List<Source> fallbackFirst() {
            Source first = new Source(attribute, Optional.empty());
            return fallback.map(other -> List.of(new Source(other, Optional.empty()), first))
                    .orElse(List.of(first));
        }

        Unit in(Map<String, ? extends @Nullable Object> attributes, boolean withFallback) {
            Unit unit = unit(attributes, attribute);
            if (!unit.isMissing() || !withFallback || fallback.isEmpty()) {
                return unit;
            }
            Unit other = unit(attributes, fallback.get());
            return other.isMissing() ? unit : other;
        }

        private static Unit unit(Map<String, ? extends @Nullable Object> attributes, String name) {
            Object value = attributes.containsKey(name) ? attributes.get(name) : nested(attributes, name);
            return new Unit(name, value != null && JavaScriptValues.isTruthy(value) ? value : "");
        }

        /** An attribute within an attribute: {@code user.id}. */
        private static @Nullable Object nested(Map<String, ? extends @Nullable Object> attributes, String path) {
            if (path.indexOf('.') < 0) {
                return null;
            }
            Object value = attributes;
            for (String name : path.split("\\.", -1)) {
                value = value instanceof Map<?, ?> map ? map.get(name) : null;
            }
            return value;
        }
    }
}
