package dev.microlift.openfeature;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message that waits to be sent. */
sealed interface Outgoing {

    /**
     * A unit has seen its variant.
     *
     * @param at milliseconds since 1970
     * @param attributes names and values in turn: what was known of the unit when it saw the variant
     */
    record Exposure(ExposureKind kind, UnitIds units, long at, List<Object> attributes) implements Outgoing {}

    /**
     * A unit has done something.
     *
     * @param at milliseconds since 1970
     */
    record Event(String name, UnitIds units, long at, Map<String, @Nullable Object> properties) implements Outgoing {}
}
