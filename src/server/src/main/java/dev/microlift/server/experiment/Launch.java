package dev.microlift.server.experiment;

import dev.microlift.assignment.BucketLayout;
import java.util.Map;

/**
 * What the start froze.
 *
 * @param seed of the hash; a new one for every phase of assignment
 * @param layout the buckets of each variant; only ever widened, when traffic grows
 * @param journeys the version of each journey
 * @param planHash of the plan and guardrails as they were
 */
public record Launch(String seed, BucketLayout layout, Map<String, Integer> journeys, String planHash) {

    public Launch {
        journeys = Map.copyOf(journeys);
    }
}
