package dev.microlift.server.analysis;

import dev.microlift.server.journey.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the events of one experiment.
 *
 * @param unitType whose exposures and events are counted
 * @param variants keys of the variants, in their order
 * @param overridden units that were not randomised
 * @param steps the journey's steps in order, the goal last
 * @param window how long after its first exposure a unit's events count; null until the end
 * @param end when the experiment was stopped; null while it has not
 * @param from first exposures before this are left out; null for no limit
 * @param to first exposures from this on are left out; null for no limit
 * @param asOf what happened from this on is not known yet; null to know everything
 * @param now the time of asking
 */
public record Question(
        String experiment,
        String unitType,
        List<String> variants,
        Set<String> overridden,
        List<Step> steps,
        @Nullable Duration window,
        @Nullable Instant end,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Instant asOf,
        Instant now,
        Population population,
        StepOrder stepOrder) {

    public Question {
        variants = List.copyOf(variants);
        overridden = Set.copyOf(overridden);
        steps = List.copyOf(steps);
    }

    /** The time that the answer knows everything before. */
    Instant knownUntil() {
        return Optional.ofNullable(asOf).orElse(now);
    }
}
