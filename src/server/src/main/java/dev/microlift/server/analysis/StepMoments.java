package dev.microlift.server.analysis;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step's numbers, summed over the n units of an arm.
 *
 * @param didUnits units that did the step itself
 * @param events that make the step and count for it
 * @param valueSum of the units' values, capped when asked for
 * @param valueSumOfSquares of the same
 * @param cap what values were capped at; null if they were not
 * @param converted covariate of having reached the step at all (the order {@link StepOrder#FURTHEST}); null if none was
 *     asked for
 * @param convertedStrictly the same for the order {@link StepOrder#STRICT}
 * @param value covariate of the step's value; null if none was asked for or the step has no value
 */
public record StepMoments(
        long didUnits,
        long events,
        double valueSum,
        double valueSumOfSquares,
        @Nullable Double cap,
        @Nullable Covariate converted,
        @Nullable Covariate convertedStrictly,
        @Nullable Covariate value) {

    /** The covariate of having reached the step, if one was asked for. */
    public Optional<Covariate> covariate(StepOrder order) {
        return Optional.ofNullable(order == StepOrder.STRICT ? convertedStrictly : converted);
    }

    /** The covariate of the value, if there is one. */
    public Optional<Covariate> valueCovariate() {
        return Optional.ofNullable(value);
    }

    /** What values were capped at, if they were. */
    public Optional<Double> valueCap() {
        return Optional.ofNullable(cap);
    }
}
