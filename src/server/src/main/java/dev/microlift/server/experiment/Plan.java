package dev.microlift.server.experiment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How the experiment will be analysed, said before it starts.
 *
 * @param window how long after its first exposure a unit's events count; null until the experiment's end
 * @param alpha two-sided error level
 * @param plannedUnits matured units over all variants at which the test ends; null if there is no planned end
 * @param segments attributes, frozen at exposure, to break the report down by
 * @param preExposure how far before exposure a unit's own past is looked at; null not at all
 */
public record Plan(
        @Nullable Duration window,
        double alpha,
        Method method,
        @Nullable Long plannedUnits,
        List<String> segments,
        @Nullable Duration preExposure) {

    public Plan {
        segments = List.copyOf(segments);
    }

    /** The window, if there is one. */
    public Optional<Duration> unitWindow() {
        return Optional.ofNullable(window);
    }

    /** The planned end, if there is one. */
    public OptionalLong plannedEnd() {
        return plannedUnits == null ? OptionalLong.empty() : OptionalLong.of(plannedUnits);
    }

    /** How far back the unit's own past reaches, if it is looked at. */
    public Optional<Duration> past() {
        return Optional.ofNullable(preExposure);
    }
}
