package dev.microlift.assignment.growthbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.assignment.LinearRegex;
import dev.microlift.assignment.growthbook.FeatureResult.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the vectors cannot say: what the caller records, loads and may force. */
class FeaturesTest {

    private static final String HOLDOUT_THEN_TEST = """
            {'features': {'f': {'defaultValue': 0, 'rules': [
                {'key': 'holdout', 'variations': [0, 1], 'ranges': [[0, 1], [1, 1]], 'meta': [{'key': 'in', 'passthrough': true}, {'key': 'out'}]},
                {'id': 'r', 'key': 'test', 'variations': ['a', 'b'], 'hashVersion': 2}]}}}
            """;

    @Test
    void everyExperimentOnTheWayIsAnExposure() {
        FeatureEvaluation evaluation = evaluate(HOLDOUT_THEN_TEST, "f", "{'attributes': {'id': 'u1'}}");

        assertThat(evaluation.effects().exposures())
                .extracting(Exposure::experimentKey)
                .containsExactly("holdout", "test");
        assertThat(evaluation.result().experiment().orElseThrow().experimentKey())
                .isEqualTo("test");
        assertThat(evaluation.result().ruleId()).isEqualTo("r");
    }

    @Test
    void bucketDecidesInExperimentsAndRolloutsAlone() {
        String payload = """
                {'features': {'test': {'rules': [{'variations': [1, 2]}]}, 'fixed': {'rules': [{'force': 1}]},
                    'rollout': {'rules': [{'force': 1, 'coverage': 1}]}, 'plain': {'defaultValue': 1}}}
                """;

        assertThat(List.of("test", "fixed", "rollout", "plain"))
                .filteredOn(key -> evaluate(payload, key, "{'attributes': {'id': 'u1'}}")
                        .result()
                        .byHash())
                .containsExactly("test", "rollout");
    }

    @Test
    void attributesThatExperimentsRandomiseAreKnown() {
        Features features = compile("""
                {'features': {'a': {'rules': [{'variations': [1, 2]}]}, 'b': {'rules': [
                    {'variations': [1, 2], 'hashAttribute': 'company'}, {'force': 1, 'hashAttribute': 'x'}]}}}
                """);

        assertThat(features.hashAttributes()).containsExactlyInAnyOrder("id", "company");
    }

    @Test
    void experimentOfAPrerequisiteIsAnExposureOnce() {
        FeatureEvaluation evaluation = evaluate("""
                {'features': {'p': {'rules': [{'key': 'e', 'variations': [true, true]}]},
                    'f': {'rules': [
                        {'parentConditions': [{'id': 'p', 'condition': {'value': false}}], 'force': 1},
                        {'parentConditions': [{'id': 'p', 'condition': {'value': true}}], 'force': 2}]}}}
                """, "f", "{'attributes': {'id': 'u1'}}");

        assertThat(evaluation.result().value()).isEqualTo(2);
        assertThat(evaluation.effects().exposures())
                .extracting(Exposure::experimentKey)
                .containsExactly("e");
    }

    @Test
    void forcedVariationIsNoExposure() {
        FeatureEvaluation evaluation =
                evaluate(HOLDOUT_THEN_TEST, "f", "{'attributes': {'id': 'u1'}, 'forcedVariations': {'holdout': 1}}");

        assertThat(evaluation.result().value()).isEqualTo(1);
        assertThat(evaluation.effects().exposures()).isEmpty();
    }

    @Test
    void forcedFeatureOverridesRulesAndPrerequisites() {
        String payload =
                "{'features': {'p': {'defaultValue': 0}, 'f': {'rules': [{'parentConditions': [{'id': 'p', 'condition': {'value': 7}}], 'force': 1}]}}}";

        assertThat(evaluate(payload, "f", "{'forcedFeatures': {'f': 'x'}}")
                        .result()
                        .source())
                .isEqualTo(Source.OVERRIDE);
        assertThat(evaluate(payload, "f", "{'forcedFeatures': [['p', 7]]}")
                        .result()
                        .value())
                .isEqualTo(1);
        assertThat(evaluate(payload, "nowhere", "{'forcedFeatures': {'nowhere': 'x'}}")
                        .result()
                        .value())
                .isEqualTo("x");
    }

    @Test
    void stickyKeysAreThoseOfHashAndFallbackAttributes() {
        Features features = compile(
                "{'features': {'f': {'rules': [{'variations': [0, 1], 'hashAttribute': 'account', 'fallbackAttribute': 'device'}, {'variations': [0, 1]}, {'force': 1, 'hashAttribute': 'other', 'coverage': 1}]}}}");

        assertThat(features.stickyKeys(Map.of("id", 7, "account", "a", "other", "o")))
                .containsExactlyInAnyOrder("id||7", "account||a", "device||");
    }

    @Test
    void bucketThatIsStoredAlreadyIsNoChange() {
        EvaluationRequest request = EvaluationRequest.of(new HashMap<>(Map.of("id", "u1")));
        Features features = compile(
                "{'features': {'f': {'rules': [{'key': 'e', 'variations': [0, 1], 'meta': [{'key': 'a'}, {'key': 'b'}]}]}}}");
        List<StickyDocument> changed = features.evaluate("f", request.with(StickyBuckets.empty()))
                .effects()
                .changedDocuments();

        FeatureEvaluation again = features.evaluate("f", request.with(StickyBuckets.of(changed)));

        assertThat(changed).extracting(StickyDocument::key).containsExactly("id||u1");
        assertThat(again.result().experiment().orElseThrow().result().stickyBucketUsed())
                .isTrue();
        assertThat(again.effects().changedDocuments()).isEmpty();
    }

    @Test
    void assignmentsOfOneUnitInTwoExperimentsEndInOneDocument() {
        EvaluationRequest request = EvaluationRequest.of(new HashMap<>(Map.of("id", "u1")));
        Features features = compile(HOLDOUT_THEN_TEST);

        List<StickyDocument> changed = features.evaluate("f", request.with(StickyBuckets.empty()))
                .effects()
                .changedDocuments();

        assertThat(changed).hasSize(1);
        assertThat(changed.get(0).assignments()).containsOnlyKeys("holdout__0", "test__0");
    }

    @Test
    void nestedAttributeCanBeRandomised() {
        String payload = "{'features': {'f': {'rules': [{'variations': [0, 1], 'hashAttribute': 'user.id'}]}}}";

        ExperimentResult nested = result(payload, "{'attributes': {'user': {'id': 'u1'}}}");
        ExperimentResult literal = result(payload, "{'attributes': {'user.id': 'u1', 'user': {'id': 'u2'}}}");

        assertThat(nested.hashValue()).isEqualTo("u1");
        assertThat(literal.bucket()).isEqualTo(nested.bucket());
    }

    private static ExperimentResult result(String payload, String body) {
        return evaluate(payload, "f", body).result().experiment().orElseThrow().result();
    }

    private static FeatureEvaluation evaluate(String payload, String feature, String body) {
        return compile(payload).evaluate(feature, EvaluationRequest.from(Json.object(body)));
    }

    private static Features compile(String payload) {
        return Features.compile(Json.object(payload), new LinearRegex());
    }
}
