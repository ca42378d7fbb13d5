package dev.microlift.stats;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Three answers to "does this micro step lead to the goal?", which are never merged into one. Differing signs raise
 * {@code SIGN_DISAGREEMENT}; an absent answer disagrees with nobody.
 *
 * @param association difference of the goal rates of units with and without the step ({@link Association})
 * @param yieldValue macro conversions for each extra micro conversion within a test ({@link IncrementalYield})
 * @param slope effect on the goal for each unit of effect on the step across tests ({@link TrialSurrogacy})
 */
public record StepEvidence(
        @Nullable Double association,
        @Nullable Double yieldValue,
        @Nullable Double slope) {

    /** What to know about the three together. */
    public List<Warning> warnings() {
        DoubleSummaryStatistics present = Stream.of(nullable(association), nullable(yieldValue), nullable(slope))
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .summaryStatistics();
        return present.getMin() < 0 && present.getMax() > 0 ? List.of(Warning.SIGN_DISAGREEMENT) : List.of();
    }

    private static List<Double> nullable(@Nullable Double value) {
        return value == null ? List.of() : List.of(value);
    }
}
