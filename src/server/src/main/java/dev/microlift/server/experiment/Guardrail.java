package dev.microlift.server.experiment;

import dev.microlift.server.journey.EventMatch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A metric that must not get worse by more than a margin.
 *
 * @param margin how much worse it may get, relative to control
 * @param direction which direction of the metric is the wanted one
 */
public record Guardrail(Metric metric, double margin, Direction direction) {

    /** Which way is good. */
    public enum Direction {
        INCREASE,
        DECREASE
    }

    /** How a unit's events become its number. */
    public enum Type {
        /** 1 if the unit has such an event, otherwise 0. */
        CONVERSION,
        /** How many such events it has. */
        COUNT,
        /** What a property of them adds up to. */
        SUM
    }

    /** What is measured. */
    public record Metric(
            String key,
            EventMatch match,
            Type type,
            @Nullable String value) {

        /** The property that is summed, if any. */
        public Optional<String> valueProperty() {
            return Optional.ofNullable(value);
        }
    }
}
