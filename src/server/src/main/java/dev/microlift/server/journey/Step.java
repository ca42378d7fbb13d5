package dev.microlift.server.journey;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step of a journey: which events make it, and how many of them.
 *
 * @param anyOf an event that meets one of these counts
 * @param optional measured, but neither required nor implied by other steps
 * @param window how long after the step before (or first exposure) it may be done; null for no limit of its own
 * @param value the numeric property that is summed per unit, such as revenue; null if there is none
 */
public record Step(
        String key,
        String name,
        StepRole role,
        List<EventMatch> anyOf,
        Threshold atLeast,
        boolean optional,
        @Nullable Duration window,
        @Nullable String value) {

    public Step {
        anyOf = List.copyOf(anyOf);
    }

    /** Whether the same events make it, whatever both are called. */
    public boolean isMadeAs(Step other) {
        return called(other.name).equals(other);
    }

    private Step called(String otherName) {
        return new Step(key, otherName, role, anyOf, atLeast, optional, window, value);
    }

    /** The property that is summed, if any. */
    public Optional<String> valueProperty() {
        return Optional.ofNullable(value);
    }

    /** The limit on the time from the step before, if any. */
    public Optional<Duration> edgeWindow() {
        return Optional.ofNullable(window);
    }
}
