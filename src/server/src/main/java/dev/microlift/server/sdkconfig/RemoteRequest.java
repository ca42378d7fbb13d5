package dev.microlift.server.sdkconfig;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.assignment.EvaluationContext;
import dev.microlift.server.document.Faults;
import dev.microlift.server.document.PlainValues;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for remote evaluation.
 *
 * @param attributes of the user; {@code id} is the user's id
 * @param forcedVariations position of a variant by experiment, chosen in a developer's tools
 * @param forcedFeatures value by feature, chosen the same way
 */
record RemoteRequest(
        Map<String, @Nullable Object> attributes,
        Map<String, Integer> forcedVariations,
        Map<String, JsonNode> forcedFeatures) {

    private static final int MOST_ENTRIES = 1_000;

    /**
     * Reads a body; unknown fields are ignored, as SDKs add some.
     *
     * @throws dev.microlift.server.problem.ProblemException listing what is wrong with it
     */
    static RemoteRequest read(JsonNode body) {
        Faults faults = new Faults();
        if (!body.isObject()) {
            faults.add("", "wrong-type", "an object with the field attributes is expected");
        }
        Map<String, @Nullable Object> attributes = attributes(body.path("attributes"), faults);
        Map<String, Integer> variations = forcedVariations(body.path("forcedVariations"), faults);
        Map<String, JsonNode> features = forcedFeatures(body.path("forcedFeatures"), faults);
        faults.throwIfAny();
        return new RemoteRequest(attributes, variations, features);
    }

    private static Map<String, @Nullable Object> attributes(JsonNode attributes, Faults faults) {
        return isContainer(attributes, attributes.isObject(), "attributes", "an object", faults)
                ? PlainValues.map(attributes)
                : Map.of();
    }

    private static Map<String, Integer> forcedVariations(JsonNode forced, Faults faults) {
        Map<String, Integer> variations = new HashMap<>();
        if (isContainer(forced, forced.isObject(), "forcedVariations", "an object", faults)) {
            forced.properties().forEach(entry -> {
                if (entry.getValue().isInt()) {
                    variations.put(entry.getKey(), entry.getValue().intValue());
                } else {
                    faults.add("/forcedVariations", "wrong-type", "the position of a variant is a whole number");
                }
            });
        }
        return variations;
    }

    private static Map<String, JsonNode> forcedFeatures(JsonNode forced, Faults faults) {
        Map<String, JsonNode> features = new HashMap<>();
        if (isContainer(forced, forced.isArray(), "forcedFeatures", "a list of pairs", faults)) {
            for (JsonNode pair : forced) {
                if (pair.isArray() && pair.size() == 2 && pair.get(0).isTextual()) {
                    features.put(pair.get(0).textValue(), pair.get(1));
                } else {
                    faults.add("/forcedFeatures", "wrong-type", "a pair of key and value is expected");
                }
            }
        }
        return features;
    }

    private static boolean isContainer(JsonNode node, boolean rightType, String name, String expected, Faults faults) {
        if (node.isMissingNode() || node.isNull()) {
            return false;
        }
        if (!rightType) {
            faults.add("/" + name, "wrong-type", name + " must be " + expected);
        } else if (node.size() > MOST_ENTRIES) {
            faults.add("/" + name, "too-many", "at most " + MOST_ENTRIES + " entries");
            return false;
        }
        return rightType;
    }

    /** The same as the evaluation protocol would put it. */
    EvaluationContext context() {
        Object id = attributes.get(FeatureWriter.USER_ATTRIBUTE);
        return new EvaluationContext(EvaluationContext.unitIdOrNull(id, EvaluationContext.USER, null), attributes);
    }
}
