package dev.microlift.assignment.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.microlift.assignment.Evaluation;
import dev.microlift.assignment.LinearRegex;
import dev.microlift.assignment.Outside;
import dev.microlift.assignment.Reason;
import dev.microlift.assignment.growthbook.EvaluationRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {

    // Buckets under the seed: u1 9211, 1000000 4878.
    private static final String SEED = "0f3a9c1be2d47586";

    private static final String RULE = """
            {"key": "button", "seed": "%s", "hashAttribute": "id", "hashVersion": 2, "variations": [false, true],
             "ranges": [[0, 0.5], [0.5, 1]], "meta": [{"key": "control"}, {"key": "treatment"}]%s}""";

    private static final String BLOCK = """
            {"version": 3, "phase": "running", "unitType": "user", "assignment": "microlift", "control": 0,
             "variants": [{"key": "control", "value": false}, {"key": "treatment", "value": true}],
             "overrides": {"qa-1": "treatment"}%s}""";

    @Test
    void unitGetsTheArmItsBucketBelongsToAndThatArmsValue() throws Exception {
        Feature feature = feature(rule(""), block(""));

        Evaluation.Served served = served(feature, "u1", Map.of());

        assertThat(served.reason()).isEqualTo(Reason.SPLIT);
        assertThat(served.variant().orElseThrow().key()).isEqualTo("treatment");
        assertThat(feature.value(served.served())).isEqualTo(true);
        assertThat(feature.seed()).contains(SEED);
    }

    @Test
    void conditionOfTheRuleTargets() throws Exception {
        Feature feature = feature(rule(", \"condition\": {\"country\": {\"$regex\": \"^D\"}}"), block(""));

        assertThat(served(feature, "u1", Map.of("country", "DE")).inExperiment())
                .isTrue();
        assertThat(served(feature, "u1", Map.of("country", "FR")).outside()).contains(Outside.TARGETING);
    }

    @Test
    void filtersKeepUnitsOutAndSayOfWhatKindTheyAre() throws Exception {
        String filter = """
                , "filters": [{"attribute": "id", "seed": "%s", "hashVersion": 2, "ranges": [[0, 0.5]], "kind": "%s"}]""";

        Feature holdout = feature(rule(filter.formatted(SEED, "holdout")), block(""));
        Feature layer = feature(rule(filter.formatted(SEED, "layer")), block(""));

        assertThat(served(holdout, "u1", Map.of()).outside()).contains(Outside.HOLDOUT);
        assertThat(served(layer, "u1", Map.of()).outside()).contains(Outside.LAYER);
        assertThat(served(layer, "1000000", Map.of()).inExperiment()).isTrue();
    }

    @Test
    void overridesComeFromTheBlock() throws Exception {
        Evaluation.Served served = served(feature(rule(""), block("")), "qa-1", Map.of());

        assertThat(served.reason()).isEqualTo(Reason.TARGETING_MATCH);
        assertThat(served.inExperiment()).isFalse();
    }

    @Test
    void mutedVariantKeepsItsUnitsAndServesControlsValue() throws Exception {
        Feature feature = feature(rule(""), block("").replace("\"value\": true", "\"value\": true, \"muted\": true"));

        Evaluation.Served served = served(feature, "u1", Map.of());

        assertThat(served.variant().orElseThrow().key()).isEqualTo("treatment");
        assertThat(feature.value(served.served())).isEqualTo(false);
    }

    @Test
    void experimentThatDoesNotRunServesControlWithoutAnyRule() throws Exception {
        Feature feature = feature("", block("").replace("running", "inactive"));

        assertThat(served(feature, "u1", Map.of()).reason()).isEqualTo(Reason.DISABLED);
    }

    @Test
    void decisionIsServedWithoutAnyRule() throws Exception {
        Feature feature = feature("", block(", \"decision\": \"treatment\"").replace("running", "decided"));

        Evaluation.Served served = served(feature, "u1", Map.of());

        assertThat(served.reason()).isEqualTo(Reason.STATIC);
        assertThat(feature.value(served.served())).isEqualTo(true);
    }

    @Test
    void experimentThatUnitsEnterAtAStepIsOutsideHereExceptForOverrides() throws Exception {
        for (String rule : List.of("", rule(""))) {
            Feature feature = feature(rule, block(", \"entryStep\": \"cart\""));

            assertThat(served(feature, "u1", Map.of()).outside()).contains(Outside.ENTRY_STEP);
            assertThat(feature.value(served(feature, "u1", Map.of()).served())).isEqualTo(false);
            assertThat(served(feature, "qa-1", Map.of()).reason()).isEqualTo(Reason.TARGETING_MATCH);
        }
    }

    @Test
    void exposedUnitKeepsItsArmInAStickyExperimentOnly() throws Exception {
        String rule = rule(", \"condition\": {\"country\": \"DE\"}");

        Feature sticky = feature(rule, block(", \"sticky\": true"));
        Feature other = feature(rule, block(", \"sticky\": false"));

        assertThat(served(sticky, "u1", Map.of()).inExperiment()).isTrue();
        assertThat(served(sticky, "u2", Map.of()).outside()).contains(Outside.TARGETING);
        assertThat(served(other, "u1", Map.of()).outside()).contains(Outside.TARGETING);
    }

    @Test
    void externalAssignmentNeedsNoRule() throws Exception {
        Feature feature = feature("", block("").replace("\"microlift\"", "\"external\""));

        assertThat(served(feature, "u1", Map.of()).outside()).contains(Outside.EXTERNAL);
    }

    @Test
    void unknownMembersAreIgnored() throws Exception {
        Payload payload = read("""
                {"status": 200, "dateUpdated": "2026-11-22T10:00:00Z", "savedGroups": 7, "features": {"button":
                 {"rules": [{"id": "x", "force": 1}, %s], "microlift": %s, "more": []}}}""".formatted(rule(", \"more\": {}"), block(", \"more\": 1")));

        assertThat(payload.features()).containsOnlyKeys("button");
        assertThat(payload.omissions()).isEmpty();
        assertThat(payload.updated()).contains(Instant.parse("2026-11-22T10:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\": 3           | \"version\": \"3\"        | /microlift/version",
                "\"version\": 3           | \"version\": 1e300        | /microlift/version",
                "\"phase\": \"running\"   | \"phase\": \"odd\"        | /microlift/phase",
                "\"unitType\": \"user\"   | \"unitType\": null        | /microlift/unitType",
                "\"control\": 0           | \"control\": 2            | /microlift",
                "\"microlift\", \"control\" | \"odd\", \"control\"      | /microlift/assignment",
                "\"qa-1\": \"treatment\"  | \"qa-1\": \"odd\"         | /microlift",
                "\"qa-1\": \"treatment\"  | \"qa-1\": 1               | /microlift/overrides/qa-1",
                "{\"qa-1\": \"treatment\"}| []                        | /microlift/overrides",
                "\"value\": true          | \"value\": true, \"muted\": 1 | /microlift/variants/1/muted",
                "\"hashVersion\": 2       | \"hashVersion\": 1        | /rules/0/hashVersion",
                "[0, 0.5]                 | [0, 0.50005]              | /rules/0/ranges/0/1",
                "[0, 0.5]                 | [0, 1e999]                | /rules/0/ranges/0/1",
                "[0, 0.5]                 | [0.5]                     | /rules/0/ranges/0",
                "[0, 0.5]                 | [0.4, 0.6]                | /microlift",
                "[[0, 0.5], [0.5, 1]]     | [[0, 1]]                  | /microlift",
                "\"meta\": [{\"key\": \"control\"}, {\"key\": \"treatment\"}] | \"meta\": [{\"key\": \"treatment\"}, {\"key\": \"control\"}] | /rules/0/meta",
                "\"key\": \"button\"      | \"key\": \"other\"        | /rules",
                "\"hashAttribute\"        | \"condition\": {\"a\": {\"$odd\": 1}}, \"hashAttribute\" | /rules/0/condition/a/$odd",
                "\"hashAttribute\"        | \"filters\": [{\"hashVersion\": 2, \"attribute\": \"org\"}], \"hashAttribute\" | /rules/0/filters/0/attribute"
            })
    void faultyFeatureIsLeftOutWithThePlaceOfTheFault(String sound, String faulty, String pointer) throws Exception {
        String feature = feature(rule(""), block(""), "button");
        assertThat(feature).contains(sound);

        Payload payload = read("{\"features\": {" + feature.replace(sound, faulty) + ", "
                + feature(rule("").replace("button", "next"), block(""), "next") + "}}");

        assertThat(payload.omissions()).extracting(Omission::key).containsExactly("button");
        assertThat(payload.omissions()).extracting(Omission::pointer).containsExactly(pointer);
        assertThat(payload.features()).containsOnlyKeys("next");
    }

    @Test
    void featureOfAnotherMakerIsEvaluatedAsPublished() throws Exception {
        Payload payload = read("""
                {"savedGroups": {"staff": ["u1"]}, "features": {"banner": {"defaultValue": false, "rules": [
                  {"condition": {"id": {"$inGroup": "staff"}}, "force": true}]}, %s}}""".formatted(feature(rule(""), block(""), "button")));

        assertThat(payload.omissions()).isEmpty();
        assertThat(payload.features()).containsOnlyKeys("button");
        assertThat(payload.foreign().keys()).containsExactly("banner");
        assertThat(foreignValue(payload, "banner", "u1")).isEqualTo(true);
        assertThat(foreignValue(payload, "banner", "u2")).isEqualTo(false);
    }

    @Test
    void foreignFeatureMayDependOnAnExperimentOfOurs() throws Exception {
        Payload payload = read("""
                {"features": {"banner": {"defaultValue": false, "rules": [
                  {"parentConditions": [{"id": "button", "condition": {"value": true}}], "force": true}]}, %s}}""".formatted(feature(rule(""), block(""), "button")));

        assertThat(foreignValue(payload, "banner", "u1")).isEqualTo(true);
        assertThat(foreignValue(payload, "banner", "1000000")).isEqualTo(false);
    }

    @Test
    void whatMakesNoSenseOfAForeignFeatureIsLeftOutAndReported() throws Exception {
        Payload payload = read("""
                {"features": {"odd": 3, "rules": {"rules": 7}, "half": {"defaultValue": "a", "rules": [
                  {"variations": 1}, {"force": "b"}]}}}""");

        assertThat(payload.foreign().keys()).containsExactly("half");
        assertThat(foreignValue(payload, "half", "u1")).isEqualTo("b");
        assertThat(payload.omissions())
                .extracting(omission -> omission.key() + omission.pointer())
                .containsExactly("odd", "rules", "half/rules/0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "7", "{}", "{\"features\": []}", "{\"status\": 404, \"features\": {}}"})
    void whatIsNoPayloadIsRefused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(UnreadablePayloadException.class);
    }

    private static @Nullable Object foreignValue(Payload payload, String key, String unit) {
        EvaluationRequest request = EvaluationRequest.of(Map.of("id", unit));
        return payload.foreign().all().evaluate(key, request).result().value();
    }

    private static Evaluation.Served served(Feature feature, String unit, Map<String, Object> attributes) {
        return (Evaluation.Served) feature.evaluator().evaluate(unit, attributes);
    }

    private static Feature feature(String rules, String block) throws Exception {
        Payload payload = read("{\"features\": {" + feature(rules, block, "button") + "}}");
        assertThat(payload.omissions()).isEmpty();
        return payload.features().values().iterator().next();
    }

    private static String feature(String rules, String block, String key) {
        return "\"" + key + "\": {\"rules\": [" + rules + "], \"microlift\": " + block + "}";
    }

    private static String rule(String more) {
        return RULE.formatted(SEED, more);
    }

    private static String block(String more) {
        return BLOCK.formatted(more);
    }

    private static Payload read(String json) throws UnreadablePayloadException, IOException {
        return Payload.read(
                new ObjectMapper().readValue(json, Object.class),
                new LinearRegex(),
                (experiment, seed, arm) -> unit -> unit.equals("u1"));
    }
}
