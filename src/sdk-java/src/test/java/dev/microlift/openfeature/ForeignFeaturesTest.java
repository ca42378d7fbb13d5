package dev.microlift.openfeature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.assignment.Bucketing;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Features of GrowthBook's format that no server of ours made. Buckets under the seed: u1 9211, 1000000 4878. */
class ForeignFeaturesTest {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String DOMAIN = "foreign";

    private static final String FORCED = """
            "banner": {"defaultValue": "none", "rules": [
              {"id": "r1", "condition": {"country": "DE"}, "force": "Hallo"}]}""";

    private static final String EXPERIMENT = """
            "search": {"defaultValue": 10, "rules": [{"id": "r2", "key": "search-size", "seed": "%s", "hashVersion": 2,
              "hashAttribute": "id", "variations": [10, 20], "weights": [0.5, 0.5], "coverage": 1, "phase": "0",
              "meta": [{"key": "ten"}, {"key": "twenty"}]}]}""".formatted(Payloads.SEED);

    private static final String ROLLOUT = """
            "rollout": {"defaultValue": false, "rules": [
              {"force": true, "seed": "%s", "hashVersion": 2, "hashAttribute": "id", "coverage": 0.5}]}""".formatted(Payloads.SEED);

    private final FakeServer server = new FakeServer();
    private final OpenFeatureAPI api = OpenFeatureAPI.getInstance();

    @BeforeEach
    void bucketsAreAsAssumed() {
        assertThat(Bucketing.bucket(Payloads.SEED, "u1")).isEqualTo(9_211);
        assertThat(Bucketing.bucket(Payloads.SEED, "1000000")).isEqualTo(4_878);
    }

    @AfterEach
    void stop() {
        api.getProvider(DOMAIN).shutdown();
        server.close();
    }

    @Test
    void forcedValueIsForThoseWhomTheRuleTargets() {
        Client client = client(FORCED);

        FlagEvaluationDetails<String> targeted = client.getStringDetails("banner", "", unit("u1", "country", "DE"));
        FlagEvaluationDetails<String> others = client.getStringDetails("banner", "", unit("u1", "country", "FR"));

        assertThat(targeted.getValue()).isEqualTo("Hallo");
        assertThat(targeted.getReason()).isEqualTo("TARGETING_MATCH");
        assertThat(targeted.getVariant()).isNull();
        assertThat(targeted.getFlagMetadata().asUnmodifiableMap())
                .isEqualTo(Map.of("inExperiment", false, "rule", "r1"));
        assertThat(others.getValue()).isEqualTo("none");
        assertThat(others.getReason()).isEqualTo("DEFAULT");
        assertThat(others.getErrorCode()).isNull();
    }

    @Test
    void rolloutSplitsByTheUnitsBucketAndExposesNobody() {
        Client client = client(ROLLOUT);

        FlagEvaluationDetails<Boolean> included = client.getBooleanDetails("rollout", false, unit("1000000"));
        FlagEvaluationDetails<Boolean> excluded = client.getBooleanDetails("rollout", true, unit("u1"));

        assertThat(included.getValue()).isTrue();
        assertThat(included.getReason()).isEqualTo("SPLIT");
        assertThat(excluded.getValue()).isFalse();
        assertThat(excluded.getReason()).isEqualTo("DEFAULT");
        assertThat(microlift().statistics().queued()).isZero();
    }

    @Test
    void experimentServesTheVariantAndRecordsTheExposureOnce() {
        Client client = client(EXPERIMENT);

        FlagEvaluationDetails<Integer> details = client.getIntegerDetails("search", 0, unit("u1", "country", "DE"));
        client.getIntegerValue("search", 0, unit("u1"));

        assertThat(details.getValue()).isEqualTo(20);
        assertThat(details.getReason()).isEqualTo("SPLIT");
        assertThat(details.getVariant()).isEqualTo("twenty");
        assertThat(details.getFlagMetadata().asUnmodifiableMap())
                .isEqualTo(Map.of("inExperiment", true, "experiment", "search-size", "rule", "r2"));
        assertThat(microlift().flush(BOUND)).isTrue();
        List<Map<?, ?>> exposures = server.messages("Experiment Viewed");
        assertThat(exposures).hasSize(1);
        assertThat(exposures.get(0).get("userId")).isEqualTo("u1");
        assertThat(exposures.get(0).get("properties"))
                .isEqualTo(Map.of("experiment_id", "search-size", "variation_id", "twenty", "country", "DE"));
        assertThat(server.repeated).hasValue(0);
    }

    @Test
    void directCallIsTheSame() {
        client(EXPERIMENT, FORCED, Payloads.button());

        Assigned assigned = microlift().assign("search", "u1", Map.of());
        Assigned forced = microlift().assign("banner", "u1", Map.of("country", "DE"));

        assertThat(assigned.numberOr(0)).isEqualTo(20);
        assertThat(assigned.variant()).contains("twenty");
        assertThat(assigned.inExperiment()).isTrue();
        assertThat(forced.textOr("")).isEqualTo("Hallo");
        assertThat(forced.reason()).isEqualTo("TARGETING_MATCH");
        Assignments all = microlift().assignAll("u1", Map.of("country", "DE"));
        assertThat(all).extracting(Assigned::experiment).containsExactly("button", "search", "banner");
        assertThat(all.of("search")).contains(assigned);
        assertThat(microlift().flush(BOUND)).isTrue();
        assertThat(server.messages("Experiment Viewed")).hasSize(1);
    }

    @Test
    void unitWithoutIdGetsTheFeaturesDefault() {
        FlagEvaluationDetails<Integer> details =
                client(EXPERIMENT).getIntegerDetails("search", 0, new ImmutableContext());

        assertThat(details.getValue()).isEqualTo(10);
        assertThat(details.getReason()).isEqualTo("DEFAULT");
        assertThat(microlift().statistics().queued()).isZero();
    }

    @Test
    void otherAttributesThatAreRandomisedAreUnitTypes() {
        Client client = client(EXPERIMENT.replace("\"hashAttribute\": \"id\"", "\"hashAttribute\": \"company\""));

        client.getIntegerValue("search", 0, unit("1000000", "company", "u1"));
        client.track("Order Completed", unit("1000000", "company", "u1"));

        assertThat(microlift().flush(BOUND)).isTrue();
        Map<?, ?> exposure = server.messages("Experiment Viewed").get(0);
        assertThat(exposure.get("context")).isEqualTo(Map.of("units", Map.of("company", "u1")));
        assertThat(exposure.containsKey("userId")).isFalse();
        assertThat(server.messages("Order Completed").get(0).get("context"))
                .isEqualTo(Map.of("units", Map.of("company", "u1")));
    }

    @Test
    void valueOfAnotherTypeIsAMismatchAndNoExposure() {
        Client client = client(EXPERIMENT);

        FlagEvaluationDetails<String> details = client.getStringDetails("search", "fallback", unit("u1"));

        assertThat(details.getErrorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(details.getValue()).isEqualTo("fallback");
        assertThat(client.getDoubleValue("search", 0.0, unit("1000000"))).isEqualTo(10.0);
        assertThat(microlift().flush(BOUND)).isTrue();
        assertThat(server.messages("Experiment Viewed"))
                .extracting(message -> message.get("userId"))
                .isEqualTo(List.of("1000000"));
    }

    @Test
    void featureWithoutValueLeavesItToTheApplication() {
        Client client = client("\"empty\": {\"rules\": [{\"condition\": {\"vip\": true}, \"force\": {\"a\": [1]}}]}");

        FlagEvaluationDetails<Boolean> details = client.getBooleanDetails("empty", true, unit("u1"));

        assertThat(details.getValue()).isTrue();
        assertThat(details.getReason()).isEqualTo("DEFAULT");
        assertThat(details.getErrorCode()).isNull();
        Value object =
                client.getObjectValue("empty", new Value(), new ImmutableContext("u1", Map.of("vip", new Value(true))));
        assertThat(object.asStructure().getValue("a").asList()).hasSize(1);
    }

    @Test
    void experimentsOnTheWayToAValueAreExposuresToo() {
        client(EXPERIMENT, """
                "layout": {"defaultValue": "wide", "rules": [
                  {"parentConditions": [{"id": "search", "condition": {"value": 20}}], "force": "narrow"}]}""");

        assertThat(microlift().assign("layout", "u1", Map.of()).textOr("")).isEqualTo("narrow");

        assertThat(microlift().flush(BOUND)).isTrue();
        assertThat(server.messages("Experiment Viewed")).hasSize(1);
    }

    @Test
    void featuresThatDependOnEachOtherAreAnError() {
        Client client = client("""
                "a": {"defaultValue": 1, "rules": [{"parentConditions": [{"id": "b", "condition": {"value": 1}}]}]},
                "b": {"defaultValue": 1, "rules": [{"parentConditions": [{"id": "a", "condition": {"value": 1}}]}]}""");

        FlagEvaluationDetails<Integer> details = client.getIntegerDetails("a", 7, unit("u1"));

        assertThat(details.getErrorCode()).isEqualTo(ErrorCode.GENERAL);
        assertThat(details.getValue()).isEqualTo(7);
        assertThat(microlift().assign("a", "u1", Map.of()).error()).contains(ErrorCode.GENERAL);
    }

    @Test
    void newPhaseIsANewExposure() {
        client(EXPERIMENT);
        microlift().assign("search", "u1", Map.of());
        server.configuration = Payloads.of(EXPERIMENT.replace("\"phase\": \"0\"", "\"phase\": \"1\""));

        Eventually.until("the new phase is in use", () -> {
            microlift().assign("search", "u1", Map.of());
            microlift().flush(BOUND);
            return server.messages("Experiment Viewed").size() == 2;
        });
    }

    private Client client(String... features) {
        server.configuration = Payloads.of(features);
        api.setProviderAndWait(DOMAIN, new MicroliftProvider(server.options().build()));
        return api.getClient(DOMAIN);
    }

    private Microlift microlift() {
        return ((MicroliftProvider) api.getProvider(DOMAIN)).microlift();
    }

    private static ImmutableContext unit(String id) {
        return new ImmutableContext(id);
    }

    private static ImmutableContext unit(String id, String attribute, String value) {
        return new ImmutableContext(id, Map.of(attribute, new Value(value)));
    }
}
