package dev.microlift.openfeature;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message that waits to be sent. Whoever makes one only copies references: the rest is the sender's work. */
sealed interface Outgoing {

    /**
     * A unit has seen its variant.
     *
     * @param at milliseconds since 1970
     * @param attributes names and values in turn: what was known of the unit when it saw the variant
     */
    record Exposure(ExposureKind kind, UnitIds units, long at, List<@Nullable Object> attributes) implements Outgoing {

        static Exposure of(
                ExposureKind kind, UnitIds units, long at, Map<String, ? extends @Nullable Object> attributes) {
            return new Exposure(kind, units, at, attributes.isEmpty() ? List.of() : pairs(attributes));
        }

        private static List<@Nullable Object> pairs(Map<String, ? extends @Nullable Object> attributes) {
            @Nullable Object[] pairs = new @Nullable Object[2 * attributes.size()];
            int filled = 0;
            for (Map.Entry<String, ? extends @Nullable Object> attribute : attributes.entrySet()) {
                if (filled < pairs.length) {
                    pairs[filled++] = attribute.getKey();
                    pairs[filled++] = attribute.getValue();
                }
            }
            return Arrays.asList(pairs);
        }
    }

    /**
     * A unit has done something.
     *
     * @param at milliseconds since 1970
     */
    record Event(String name, UnitIds units, long at, Map<String, @Nullable Object> properties) implements Outgoing {}
}
