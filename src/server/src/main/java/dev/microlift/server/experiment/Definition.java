package dev.microlift.server.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What people write about an experiment.
 *
 * @param journeys keys of journeys; the first one's goal is the decision metric
 * @param control position of the control among the variants
 * @param traffic share of eligible units that take part, above 0 and at most 1; in a layer, the share of its buckets
 * @param layer key of the layer that it owns a range of; null for none
 * @param entryStep key of a step of one of the journeys: only units that did it are eligible; null for all
 * @param targeting condition on the attributes, null for everybody
 * @param overrides variant keys of units that are not randomised
 * @param sticky whether a unit that was exposed keeps its variant when targeting or entry step exclude it later
 */
public record Definition(
        String key,
        String name,
        String hypothesis,
        String unitType,
        List<String> journeys,
        List<Variant> variants,
        int control,
        double traffic,
        @Nullable String layer,
        @Nullable String entryStep,
        boolean sticky,
        @Nullable JsonNode targeting,
        Map<String, String> overrides,
        AssignmentMode assignment,
        ExposureMode exposure,
        List<Guardrail> guardrails,
        Plan plan) {

    public Definition {
        journeys = List.copyOf(journeys);
        variants = List.copyOf(variants);
        overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
        guardrails = List.copyOf(guardrails);
    }

    /** The variant that the others are compared with. */
    public Variant controlVariant() {
        return variants.get(control);
    }

    /** The variant with this key. */
    public Optional<Variant> variant(String variantKey) {
        return variants.stream()
                .filter(variant -> variant.key().equals(variantKey))
                .findFirst();
    }

    /** The condition on the attributes, if there is one. */
    public Optional<JsonNode> targetingCondition() {
        return Optional.ofNullable(targeting);
    }

    /** The layer that it owns a range of, if any. */
    public Optional<String> inLayer() {
        return Optional.ofNullable(layer);
    }

    /** Key of the step that makes a unit eligible, if any. */
    public Optional<String> entersBy() {
        return Optional.ofNullable(entryStep);
    }

    /** The weights, in the order of the variants. */
    List<Double> weights() {
        return variants.stream().map(Variant::weight).toList();
    }
}
