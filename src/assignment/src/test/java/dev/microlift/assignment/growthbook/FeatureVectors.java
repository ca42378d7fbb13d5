package dev.microlift.assignment.growthbook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.assignment.LinearRegex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * {@code feature} [name, context, feature, expected]; {@code run} [name, context, experiment, value, in experiment, hash
 * used]; {@code stickyBucket} [name, context, stored documents, feature, expected result or null, documents afterwards],
 * in older files with the stored documents in the context.
 */
final class FeatureVectors {

    static final Map<String, Predicate<JsonNode>> CHECKS = Map.of(
            "feature", FeatureVectors::feature,
            "run", FeatureVectors::run,
            "stickyBucket", FeatureVectors::stickyBucket);

    private static final int WITH_STORED_DOCUMENTS = 6;

    private FeatureVectors() {}

    private static boolean feature(JsonNode test) {
        Map<String, Object> context = Json.object(test.get(1));
        FeatureResult result = Features.compile(context, new LinearRegex())
                .evaluate(test.get(2).asText(), EvaluationRequest.from(context))
                .result();
        return Json.agree(test.get(3), result.published());
    }

    private static boolean run(JsonNode test) {
        Map<String, Object> context = Json.object(test.get(1));
        ExperimentResult result = Features.compile(context, new LinearRegex())
                .run(Json.object(test.get(2)), EvaluationRequest.from(context))
                .result();
        return Json.agree(test.get(3), result.value())
                && result.inExperiment() == test.get(4).asBoolean()
                && result.hashUsed() == test.get(5).asBoolean();
    }

    private static boolean stickyBucket(JsonNode test) {
        Map<String, Object> context = Json.object(test.get(1));
        Features features = Features.compile(context, new LinearRegex());
        EvaluationRequest request = EvaluationRequest.from(context);
        boolean areStored = test.size() == WITH_STORED_DOCUMENTS;
        StickyBuckets before = areStored
                ? loaded(test.get(2), features.stickyKeys(request.attributes()))
                : StickyBuckets.of(documents(test.get(1).path("stickyBucketAssignmentDocs")));
        String key = test.get(areStored ? 3 : 2).asText();
        FeatureEvaluation evaluation = features.evaluate(key, request.with(before));
        Object result = evaluation
                .result()
                .experiment()
                .map(exposure -> exposure.result().published())
                .orElse(null);
        StickyBuckets after = before.with(evaluation.effects().changedDocuments());
        return Json.agree(test.get(areStored ? 4 : 3), result)
                && Json.agree(test.get(areStored ? 5 : 4), published(after));
    }

    /** What a storage would give for the keys that the caller asks it for. */
    private static StickyBuckets loaded(JsonNode stored, Set<String> keys) {
        return StickyBuckets.of(documents(stored).stream()
                .filter(document -> keys.contains(document.key()))
                .toList());
    }

    private static List<StickyDocument> documents(JsonNode json) {
        List<StickyDocument> documents = new ArrayList<>();
        for (JsonNode document : json) {
            Map<String, String> assignments = new HashMap<>();
            document.get("assignments")
                    .properties()
                    .forEach(assignment -> assignments.put(
                            assignment.getKey(), assignment.getValue().asText()));
            documents.add(new StickyDocument(
                    document.get("attributeName").asText(),
                    document.get("attributeValue").asText(),
                    assignments));
        }
        return documents;
    }

    private static Map<String, Object> published(StickyBuckets buckets) {
        Map<String, Object> documents = new TreeMap<>();
        buckets.documents()
                .forEach((key, document) -> documents.put(
                        key,
                        Map.of(
                                "attributeName", document.attributeName(),
                                "attributeValue", document.attributeValue(),
                                "assignments", document.assignments())));
        return documents;
    }
}
