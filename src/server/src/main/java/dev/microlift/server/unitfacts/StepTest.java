package dev.microlift.server.unitfacts;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.server.journey.EventMatch;
import dev.microlift.server.journey.Step;
import dev.microlift.server.journey.Threshold;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Whether an event makes a step, and how much it adds to the step's threshold. */
final class StepTest {

    private final List<Alternative> alternatives;
    private final Optional<JsonPointer> summed;

    private record Alternative(String event, List<PropertyTest> where) {
        static Alternative of(EventMatch match) {
            return new Alternative(
                    match.event(), match.where().stream().map(PropertyTest::new).toList());
        }

        boolean holds(String name, JsonNode properties) {
            return event.equals(name) && where.stream().allMatch(test -> test.test(properties));
        }
    }

    StepTest(Step step) {
        alternatives = step.anyOf().stream().map(Alternative::of).toList();
        summed = step.atLeast() instanceof Threshold.Sum sum
                ? Optional.of(PropertyTest.pointer(sum.property()))
                : Optional.empty();
    }

    /**
     * What an event adds: for a count 1, for a sum the property, 0 if it is no number.
     *
     * @return empty if the event does not make the step
     */
    OptionalDouble amount(String name, JsonNode properties) {
        if (alternatives.stream().noneMatch(alternative -> alternative.holds(name, properties))) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                summed.map(path -> PropertyTest.number(properties, path).orElse(0))
                        .orElse(1.0));
    }
}
