package dev.microlift.server.analysis;

import dev.microlift.server.journey.EventMatch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A metric beside the journey: one number for each unit from its events in the window.
 *
 * @param property what is summed; null unless the kind is {@link Kind#SUM}
 */
public record GuardrailMetric(
        String key, EventMatch match, Kind kind, @Nullable String property) {

    /** How a unit's events become its number. */
    public enum Kind {
        /** 1 if the unit has such an event, otherwise 0. */
        CONVERSION,
        /** How many such events it has. */
        COUNT,
        /** What the property of them adds up to. */
        SUM
    }

    /** The property that is summed, if any. */
    public Optional<String> summed() {
        return Optional.ofNullable(property);
    }
}
