package dev.microlift.server.experiment;

import dev.microlift.server.journey.Step;
import java.util.List;
import java.util.Optional;

/** What a definition refers to, as it is now. */
final class CurrentReferences implements References {

    private final ExperimentJourneys journeys;

    CurrentReferences(ExperimentJourneys journeys) {
        this.journeys = journeys;
    }

    @Override
    public boolean isJourney(String key) {
        return journeys.find(key).isPresent();
    }

    @Override
    public Optional<Misfit> layer(String key, String unitType) {
        Optional<LayerEntity> layer = LayerEntity.findByIdOptional(key);
        if (layer.isEmpty()) {
            return Optional.of(new Misfit("layer", "unknown-layer", "there is no layer with this key"));
        }
        String needed = layer.get().unitType;
        return needed.equals(unitType)
                ? Optional.empty()
                : Optional.of(new Misfit(
                        "unitType",
                        "unit-type-mismatch",
                        "the layer " + key + " places units of the type " + needed + ", not " + unitType));
    }

    @Override
    public Optional<Misfit> entryStep(String key, List<String> keys) {
        Optional<Step> step = journeys.step(key, keys);
        if (step.isEmpty()) {
            return Optional.of(
                    new Misfit("entryStep", "unknown-step", "none of the journeys has a step with this key"));
        }
        return step.get().edgeWindow().isEmpty()
                ? Optional.empty()
                : Optional.of(new Misfit(
                        "entryStep",
                        "step-has-window",
                        "the step has a window, which begins with the step before it or with the exposure; entry comes"
                                + " before both"));
    }
}
