package dev.microlift.server.unitfacts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.microlift.server.journey.JourneyWriter;
import dev.microlift.server.journey.Step;
import dev.microlift.server.journey.Threshold;
import java.time.Instant;

/** Something that units of one type do, to be remembered of each that did it. What robots do is not. */
public sealed interface Fact {

    /** The type of the units that it is about. */
    String unitType();

    /** What tells it from every other fact. */
    FactId id();

    /** The unit did a step, often or much enough, at any time. A window of the step does not matter. */
    record Did(String unitType, Step step) implements Fact {

        @Override
        public FactId id() {
            ArrayNode anyOf = JsonNodeFactory.instance.arrayNode();
            step.anyOf().forEach(match -> JourneyWriter.write(match, anyOf.addObject()));
            return FactId.of("did", unitType, anyOf.toString(), threshold());
        }

        private String threshold() {
            return step.atLeast() instanceof Threshold.Sum sum
                    ? "sum " + sum.total() + " of " + sum.property()
                    : "count " + total();
        }

        /** What the amounts of the unit's events must add up to. */
        double total() {
            return step.atLeast() instanceof Threshold.Count count
                    ? count.events()
                    : ((Threshold.Sum) step.atLeast()).total();
        }
    }

    /**
     * The unit was exposed to a variant.
     *
     * @param since what was received before this does not count: an experiment of the same key may have been there
     */
    record Saw(String unitType, String experiment, String variant, Instant since) implements Fact {

        @Override
        public FactId id() {
            return FactId.of("saw", unitType, experiment, variant, since.toString());
        }
    }
}
