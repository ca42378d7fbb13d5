package dev.microlift.server.experiment;

import dev.microlift.server.journey.Journey;
import dev.microlift.server.journey.JourneyVersion;
import dev.microlift.server.journey.Journeys;
import dev.microlift.server.journey.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The journeys of one experiment: in the versions that it was started with, or, before, in their latest. */
final class ExperimentJourneys {

    private final Journeys journeys;
    private final Map<String, Integer> frozen;

    /** @param launch of the experiment, if it was started */
    ExperimentJourneys(Journeys journeys, Optional<Launch> launch) {
        this.journeys = journeys;
        this.frozen = launch.map(Launch::journeys).orElse(Map.of());
    }

    Optional<Journey> find(String key) {
        Integer version = frozen.get(key);
        return version == null
                ? journeys.find(key).map(JourneyVersion::journey)
                : Optional.of(journeys.get(key, version).journey());
    }

    /** The first step with this key, in the order of the journeys. */
    Optional<Step> step(String step, List<String> keys) {
        return keys.stream()
                .flatMap(key -> find(key).stream())
                .flatMap(journey -> journey.steps().stream())
                .filter(candidate -> candidate.key().equals(step))
                .findFirst();
    }
}
