package dev.microlift.server.evaluation;

import dev.microlift.assignment.UnitMemory;
import dev.microlift.server.experiment.Definition;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.journey.Step;
import dev.microlift.server.unitfacts.Fact;
import dev.microlift.server.unitfacts.FactId;
import dev.microlift.server.unitfacts.UnitFacts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What must be remembered of units for one experiment while it is live.
 *
 * @param entry the step that makes a unit eligible, if there is one
 * @param exposures the exposure to each variant in their order; empty if the experiment is not sticky
 */
record Remembered(Optional<Fact> entry, List<Fact> exposures) {

    /** For an experiment that is not live. */
    static final Remembered NOTHING = new Remembered(Optional.empty(), List.of());

    static Remembered of(Experiment experiment, Optional<Step> entryStep) {
        Optional<Instant> start = experiment.started();
        if (!experiment.status().isLive() || start.isEmpty()) {
            return NOTHING;
        }
        Definition definition = experiment.definition();
        List<Fact> exposures = definition.sticky()
                ? definition.variants().stream()
                        .<Fact>map(variant ->
                                new Fact.Saw(definition.unitType(), definition.key(), variant.key(), start.get()))
                        .toList()
                : List.of();
        return new Remembered(entryStep.map(step -> new Fact.Did(definition.unitType(), step)), exposures);
    }

    Stream<Fact> facts() {
        return Stream.concat(entry.stream(), exposures.stream());
    }

    /** Asks those who remember. */
    UnitMemory memory(UnitFacts facts) {
        if (entry.isEmpty() && exposures.isEmpty()) {
            return UnitMemory.NONE;
        }
        Optional<FactId> entered = entry.map(Fact::id);
        List<FactId> exposed = exposures.stream().map(Fact::id).toList();
        return new UnitMemory() {
            @Override
            public boolean hasEntered(String unitId) {
                return entered.isEmpty() || facts.holds(entered.get(), unitId);
            }

            @Override
            public boolean keeps(String unitId, int arm) {
                return !exposed.isEmpty() && facts.holds(exposed.get(arm), unitId);
            }
        };
    }
}
