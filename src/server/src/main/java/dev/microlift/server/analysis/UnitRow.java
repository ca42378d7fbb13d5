package dev.microlift.server.analysis;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one unit.
 *
 * @param variant the first one that it saw; null if only robots were exposed under its id
 * @param fate compared, crossover, overridden or bot
 * @param closes until when it is followed: to the end of its window, or to the experiment's if that comes first; null for ever
 * @param steps what it did, in the order of the steps
 * @param strict how many required steps it did in their order in time
 * @param furthest how many it reached when a later step implies the earlier ones
 */
public record UnitRow(
        String unit,
        @Nullable String variant,
        String fate,
        Instant t0,
        @Nullable Instant closes,
        List<Done> steps,
        int strict,
        int furthest) {

    public UnitRow {
        steps = List.copyOf(steps);
    }

    /**
     * What a unit did of one step.
     *
     * @param first when it first did it; null if it did not
     * @param events that make the step and count for it
     * @param value what they add up to; 0 if the step has none
     */
    public record Done(@Nullable Instant first, long events, double value) {}
}
