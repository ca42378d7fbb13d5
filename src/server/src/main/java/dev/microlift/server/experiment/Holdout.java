package dev.microlift.server.experiment;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A share of units kept out of experiments, so that what all of them did together can be seen.
 *
 * @param seed of the hash that chooses the units
 * @param version grows with every change
 */
record Holdout(Definition definition, String seed, int version, Instant createdAt, Instant updatedAt) {

    /**
     * What people write about it.
     *
     * @param layer whose experiments the units are kept out of; null for all experiments
     * @param buckets how many of the 10,000 buckets are kept out
     */
    record Definition(
            String key,
            String name,
            String unitType,
            @Nullable String layer,
            int buckets) {

        /** The layer it is limited to. */
        Optional<String> ofLayer() {
            return Optional.ofNullable(layer);
        }

        /** Whether another definition keeps other units out, or out of other experiments. */
        boolean choosesOtherwiseThan(Definition other) {
            return buckets != other.buckets
                    || !unitType.equals(other.unitType)
                    || !ofLayer().equals(other.ofLayer());
        }
    }

    String key() {
        return definition.key();
    }

    /** Whether an experiment that starts now is subject to it. */
    boolean appliesTo(dev.microlift.server.experiment.Definition experiment) {
        return definition.unitType().equals(experiment.unitType())
                && definition
                        .ofLayer()
                        .map(layer -> experiment.inLayer().filter(layer::equals).isPresent())
                        .orElse(true);
    }

    /** What an experiment that starts now keeps of it. */
    Launch.HeldOut freeze() {
        return new Launch.HeldOut(key(), seed, definition.buckets());
    }
}
