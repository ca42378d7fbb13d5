package dev.microlift.assignment.growthbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.microlift.assignment.LinearRegex;
import dev.microlift.assignment.growthbook.FeatureResult.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads and attributes come from anybody: every answer is defined, whatever they are. */
class BadPayloadTest {

    private static final Map<String, Object> UNIT = Map.of("id", "u1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'force': 1, 'coverage': 'all'}",
                "{'force': 1, 'range': [0]}",
                "{'force': 1, 'range': 'x'}",
                "{'force': 1, 'coverage': 1, 'hashVersion': 'two'}",
                "{'force': 1, 'coverage': 1, 'hashVersion': 1.5}",
                "{'force': 1, 'coverage': 1, 'seed': 5}",
                "{'force': 1, 'coverage': 1, 'hashAttribute': ['id']}",
                "{'force': 1, 'filters': [5]}",
                "{'force': 1, 'filters': [{'ranges': [[0, 1]]}]}",
                "{'force': 1, 'filters': 'x'}",
                "{'force': 1, 'parentConditions': {'id': 'p'}}",
                "{'force': 1, 'parentConditions': [{'condition': {}}]}",
                "{'variations': 'ab'}",
                "{'variations': [1, 2], 'weights': ['a', 'b']}",
                "{'variations': [1, 2], 'weights': {'a': 1}}",
                "{'variations': [1, 2], 'ranges': [[0, 0.5], 7]}",
                "{'variations': [1, 2], 'namespace': 'x'}",
                "{'variations': [1, 2], 'namespace': ['n', 'a', 'b']}",
                "{'variations': [1, 2], 'meta': ['a', 'b']}",
                "{'variations': [1, 2], 'bucketVersion': 'v2'}",
                "'force'",
                "7",
                "null"
            })
    void ruleThatMakesNoSenseIsLeftOutAndReported(String rule) {
        Features features = compile("{'features': {'f': {'defaultValue': 0, 'rules': [" + rule + ", {'force': 9}]}}}");

        FeatureResult result = result(features, "f", UNIT);

        assertThat(result.value()).isEqualTo(9);
        assertThat(features.faults())
                .extracting(PayloadFault::feature, PayloadFault::pointer)
                .containsExactly(tuple("f", "/rules/0"));
        assertThat(features.faults().get(0).message()).isNotBlank();
    }

    @Test
    void featureThatMakesNoSenseIsUnknown() {
        Features features = compile("{'features': {'f': [], 'g': {'rules': 'x'}, 'h': {'defaultValue': 1}}}");

        assertThat(features.keys()).containsExactly("h");
        assertThat(features.faults()).extracting(PayloadFault::feature).containsExactly("f", "g");
        assertThat(result(features, "f", UNIT).source()).isEqualTo(Source.UNKNOWN_FEATURE);
    }

    @Test
    void payloadWithoutFeaturesHasNone() {
        assertThat(compile("{}").keys()).isEmpty();
        assertThat(compile("{'features': [1]}").faults()).hasSize(1);
    }

    @Test
    void weightsThatAreNoNumbersOrInfiniteLeaveTheRuleOut() {
        for (double weight : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            Map<String, Object> rule = Map.of("variations", List.of(1, 2), "weights", List.of(0.5, weight));

            assertThat(Features.compile(payload(rule), new LinearRegex()).faults())
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[0.2, 0.2]", "[2, 3]", "[1]", "[]", "[0.5, 0.25, 0.25]"})
    void weightsThatDoNotAddUpCountAsEqual(String weights) {
        Features odd = compile("{'features': {'f': {'rules': [{'variations': [1, 2], 'weights': " + weights + "}]}}}");
        Features equal = compile("{'features': {'f': {'rules': [{'variations': [1, 2]}]}}}");

        for (int i = 0; i < 200; i++) {
            Map<String, Object> unit = Map.of("id", "u" + i);
            assertThat(result(odd, "f", unit).value())
                    .isEqualTo(result(equal, "f", unit).value());
        }
    }

    @Test
    void unknownOperatorHoldsForNobody() {
        Features features = compile(
                "{'features': {'f': {'defaultValue': 0, 'rules': [{'force': 1, 'condition': {'id': {'$like': 'u%'}}}]}}}");

        assertThat(result(features, "f", UNIT).source()).isEqualTo(Source.DEFAULT_VALUE);
    }

    @Test
    void tenThousandNestedConditionsAreAFaultAndNotAWayInByNegation() {
        Object condition = Map.of("id", "nobody");
        for (int i = 0; i < 10_000; i++) {
            condition = Map.of("$and", List.of(condition));
        }
        Features features = Features.compile(
                payload(Map.of("force", 1, "condition", Map.of("$not", condition))), new LinearRegex());

        assertThat(features.faults()).hasSize(1);
        assertThat(result(features, "f", UNIT).source()).isEqualTo(Source.DEFAULT_VALUE);
    }

    @Test
    void explosivePatternHasAnAnswerOnAMegabyte() {
        Features features = compile(
                "{'features': {'f': {'defaultValue': 0, 'rules': [{'force': 1, 'condition': {'a': {'$regex': '(.*a){25}x'}}}]}}}");

        assertThat(result(features, "f", Map.of("a", "a".repeat(1 << 20))).value())
                .isEqualTo(0);
    }

    @Test
    void chainsOfPrerequisitesTooLongForTheStackEndAsCycles() {
        Features features = Features.compile(chain(50_000, 1), new LinearRegex());

        assertThat(result(features, "f0", UNIT).source()).isEqualTo(Source.CYCLIC_PREREQUISITE);
        assertThat(result(features, "f49990", UNIT).value()).isEqualTo(true);
    }

    /** Without memory of what is known this would take two to the power of ninety evaluations. */
    @Test
    void prerequisitesThatBranchAtEveryStepAreEvaluatedOnce() {
        Features features = Features.compile(chain(90, 2), new LinearRegex());

        assertThat(result(features, "f0", UNIT).value()).isEqualTo(true);
    }

    @Test
    void lowestBucketVersionOfTwoThousandMillionsIsAnsweredAtOnce() {
        Features features = compile(
                "{'features': {'f': {'rules': [{'key': 'e', 'variations': [1, 2], 'minBucketVersion': 2147483647}]}}}");
        StickyBuckets stored = StickyBuckets.of(List.of(new StickyDocument("id", "u1", Map.of("e__7", "0"))));

        FeatureResult result = features.evaluate(
                        "f", EvaluationRequest.of(new HashMap<>(UNIT)).with(stored))
                .result();

        assertThat(result.source()).isEqualTo(Source.DEFAULT_VALUE);
    }

    @Test
    void unitsOfAnyTypeHaveADefinedBucket() {
        Features features = compile("{'features': {'f': {'defaultValue': 0, 'rules': [{'variations': [1, 2]}]}}}");
        List<Object> ids = Arrays.asList(
                "\ud83d",
                "u\udc00x",
                "x".repeat(1 << 20),
                42L,
                1e300,
                true,
                List.of("a", 1),
                Map.of("a", 1),
                Instant.EPOCH);
        for (Object id : ids) {
            FeatureResult first = result(features, "f", Map.of("id", id));

            assertThat(first.source()).isEqualTo(Source.EXPERIMENT);
            assertThat(result(features, "f", Map.of("id", id)).value()).isEqualTo(first.value());
        }
    }

    @Test
    void unitsThatAreNoneAreOutside() {
        Features features = compile("{'features': {'f': {'defaultValue': 0, 'rules': [{'variations': [1, 2]}]}}}");
        for (Object none : Arrays.asList(null, "", 0, false, Double.NaN)) {
            Map<String, @Nullable Object> attributes = new HashMap<>();
            attributes.put("id", none);

            assertThat(result(features, "f", attributes).source()).isEqualTo(Source.DEFAULT_VALUE);
        }
    }

    @Test
    void requestsOfForeignTypesAreReadAsFarAsTheyMakeSense() {
        EvaluationRequest request = EvaluationRequest.from(
                Json.object(
                        "{'attributes': [], 'url': 5, 'forcedVariations': {'a': 'x', 'b': 1, 'c': 1.5}, 'forcedFeatures': [['f', 1], 7, ['g']], 'qaMode': 'yes', 'enabled': null}"));

        assertThat(request.attributes()).isEmpty();
        assertThat(request.url()).isEmpty();
        assertThat(request.forcedVariations()).containsOnly(Map.entry("b", 1), Map.entry("c", -1));
        assertThat(request.forcedFeatures()).containsOnly(Map.entry("f", 1));
        assertThat(request.qaMode()).isFalse();
        assertThat(request.enabled()).isTrue();
    }

    @Test
    void experimentThatMakesNoSenseHasNoVariation() {
        ExperimentResult result = compile("{}")
                .run(Json.object("{'key': 'e', 'variations': 5}"), EvaluationRequest.of(new HashMap<>(UNIT)))
                .result();

        assertThat(result.inExperiment()).isFalse();
        assertThat(result.value()).isNull();
    }

    /** Any part of a payload or request replaced by anything: an answer every time. */
    @Test
    void mutilatedPayloadsAlwaysHaveAnAnswer() {
        Map<String, Object> sound = Json.object(
                "{'attributes': {'id': 'u1', 'country': 'DE', 'tags': ['a'], 'user': {'id': 'x'}}, 'url': 'https://x.example/a?e=1#b',"
                        + "'forcedVariations': {'q': 1}, 'forcedFeatures': {'z': 1}, 'savedGroups': {'g': ['u1'], 'h': {'type': 'list', 'values': ['u1']}},"
                        + "'features': {'p': {'defaultValue': true}, 'f': {'defaultValue': 0, 'rules': ["
                        + "{'id': 'r', 'force': 1, 'condition': {'$or': [{'country': {'$in': ['FR']}}, {'id': {'$inGroup': 'g'}}]}, 'coverage': 0.1, 'filters': [{'seed': 's', 'ranges': [[0, 0.5]]}]},"
                        + "{'parentConditions': [{'id': 'p', 'condition': {'value': true}, 'gate': true}]},"
                        + "{'key': 'e', 'variations': [1, 2], 'weights': [0.5, 0.5], 'coverage': 1, 'hashVersion': 2, 'hashAttribute': 'user.id', 'fallbackAttribute': 'id', 'namespace': ['n', 0, 1], 'meta': [{'key': 'a'}, {'key': 'b'}], 'ranges': [[0, 0.5], [0.5, 1]], 'bucketVersion': 1, 'minBucketVersion': 1}]}}}");
        SplittableRandom random = new SplittableRandom(31);
        for (int round = 0; round < 20_000; round++) {
            Object mutilated = mutilated(sound, random);
            Map<String, Object> body = mutilated instanceof Map<?, ?> map ? texts(map) : Map.of();

            FeatureEvaluation evaluation = Features.compile(body, new LinearRegex())
                    .evaluate("f", EvaluationRequest.from(body).with(StickyBuckets.empty()));

            assertThat(evaluation.result().published()).containsKeys("value", "on", "off", "source", "ruleId");
        }
    }

    private static @Nullable Object mutilated(@Nullable Object json, SplittableRandom random) {
        if (random.nextInt(25) == 0) {
            List<@Nullable Object> odd = Arrays.asList(
                    null,
                    "",
                    "\ud800",
                    "$regex",
                    0,
                    -1,
                    1e308,
                    Double.NaN,
                    true,
                    List.of(),
                    Map.of(),
                    Map.of("$not", 1),
                    List.of(List.of()));
            return odd.get(random.nextInt(odd.size()));
        }
        if (json instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(mutilated(element, random)));
            return copy;
        }
        if (json instanceof Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach(
                    (name, value) -> copy.put(random.nextInt(60) == 0 ? "$" + name : name, mutilated(value, random)));
            return copy;
        }
        return json;
    }

    private static Map<String, Object> texts(Map<?, ?> map) {
        Map<String, Object> texts = new LinkedHashMap<>();
        map.forEach((name, value) -> texts.put(String.valueOf(name), value));
        return texts;
    }

    /** Each feature needs the next one, so many times. */
    private static Map<String, Object> chain(int length, int times) {
        Map<String, Object> features = new HashMap<>();
        for (int i = 0; i < length; i++) {
            Map<String, Object> next = Map.of("id", "f" + (i + 1), "condition", Map.of("value", true));
            features.put(
                    "f" + i,
                    Map.of(
                            "rules",
                            List.of(Map.of("force", true, "parentConditions", Collections.nCopies(times, next)))));
        }
        features.put("f" + length, Map.of("defaultValue", true));
        return Map.of("features", features);
    }

    private static Map<String, Object> payload(Map<String, Object> rule) {
        return Map.of("features", Map.of("f", Map.of("defaultValue", 0, "rules", List.of(rule))));
    }

    private static Features compile(String payload) {
        return Features.compile(Json.object(payload), new LinearRegex());
    }

    private static FeatureResult result(Features features, String key, Map<String, @Nullable Object> attributes) {
        return features.evaluate(key, EvaluationRequest.of(attributes)).result();
    }
}
