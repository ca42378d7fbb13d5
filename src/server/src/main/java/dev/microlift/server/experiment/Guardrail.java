package dev.microlift.server.experiment;

import dev.microlift.server.journey.EventMatch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A metric that must not get worse by more than a margin.
 *
 * @param margin how much worse it may get, relative to control
 * @param direction which direction of the metric is the wanted one
 * @param action what follows when it is violated
 */
public record Guardrail(Metric metric, double margin, Direction direction, Action action) {

    /** A guardrail that only tells. */
    public Guardrail(Metric metric, double margin, Direction direction) {
        this(metric, margin, direction, Action.ALERT);
    }

    /** What follows when it is violated. */
    public enum Action {
        /** It is told. */
        ALERT,
        /** It is told, and the experiment is stopped: only by the test that holds at every look. */
        STOP
    }

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
