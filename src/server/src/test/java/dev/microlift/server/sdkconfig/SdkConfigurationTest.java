package dev.microlift.server.sdkconfig;

import static dev.microlift.server.Samples.createExperiment;
import static dev.microlift.server.Samples.startExperiment;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.newKey;
import static dev.microlift.server.TestServer.sending;
import static io.restassured.RestAssured.given;
import static io.restassured.config.DecoderConfig.decoderConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.microlift.server.TestServer;
import dev.microlift.server.stream.EventReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class SdkConfigurationTest {

    private static final String TARGETED =
            "\"traffic\": 0.5, \"targeting\": {\"country\": {\"$in\": [\"DE\"]}}, \"overrides\": {\"qa-1\": \"treatment\"}";

    private static String hidingKey() {
        return sending("{\"name\": \"web\", \"role\": \"client\", \"hideRules\": true}")
                .post("/api/v1/keys")
                .path("key");
    }

    private static JsonPath payload() {
        return given().get("/api/features/" + newKey("client"))
                .then()
                .statusCode(200)
                .body("status", equalTo(200))
                .extract()
                .jsonPath();
    }

    private static Map<String, Object> feature(String key) {
        return payload().getMap("features.'" + key + "'");
    }

    @Test
    void aRunningExperimentIsAFeatureWithTheRulesThatGrowthBooksSdksRead() {
        String key = startExperiment(TARGETED);
        JsonPath payload = payload();
        String rules = "features.'" + key + "'.rules";

        assertThat(payload.getBoolean("features.'" + key + "'.defaultValue")).isFalse();
        assertThat(payload.getMap(rules + "[0]"))
                .isEqualTo(Map.of(
                        "id",
                        "override:treatment",
                        "condition",
                        Map.of("id", Map.of("$in", List.of("qa-1"))),
                        "force",
                        true));
        assertThat(payload.getString(rules + "[1].seed")).matches("[0-9a-f]{16}");
        assertThat(payload.getMap(rules + "[1]"))
                .containsEntry("key", key)
                .containsEntry("phase", "0")
                .containsEntry("hashAttribute", "id")
                .containsEntry("hashVersion", 2)
                .containsEntry("variations", List.of(false, true))
                .containsEntry("meta", List.of(Map.of("key", "control"), Map.of("key", "treatment")))
                .containsEntry("condition", Map.of("country", Map.of("$in", List.of("DE"))));
        assertThat(payload.getString(rules + "[1].ranges")).isEqualTo("[[0, 0.25], [0.5, 0.75]]");
    }

    @Test
    void anOverrideIsWrittenForIdsThatAppsHaveAsNumbersToo() {
        String key =
                startExperiment("\"overrides\": {\"7\": \"treatment\", \"07\": \"treatment\", \"-12\": \"treatment\","
                        + " \"9007199254740993\": \"treatment\", \"u1\": \"treatment\"}");

        assertThat(payload().getList("features.'" + key + "'.rules[0].condition.id.$in"))
                .containsExactly("-12", -12, "07", "7", 7, "9007199254740993", "u1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "targetingKey", "user"})
    void aConditionOnTheUsersIdGivesTheSameAnswerInEveryProtocol(String name) {
        String key = startExperiment("\"targeting\": {\"" + name + "\": {\"$regex\": \"^v\"}}");

        for (String unit : List.of("v1", "w1")) {
            boolean targeted = unit.equals("v1");
            sending("{\"context\": {\"targetingKey\": \"" + unit + "\"}}")
                    .post("/ofrep/v1/evaluate/flags/" + key)
                    .then()
                    .body("metadata.inExperiment", equalTo(targeted));
            assertThat(remote("{\"attributes\": {\"id\": \"" + unit + "\"}}")
                            .jsonPath()
                            .getMap("features.'" + key + "'")
                            .containsKey("rules"))
                    .isEqualTo(targeted);
        }
    }

    @Test
    void whatNoRuleCanSayStandsBesideTheRules() {
        String key = startExperiment(TARGETED);

        assertThat(feature(key).get("microlift"))
                .isEqualTo(Map.of(
                        "version",
                        2,
                        "phase",
                        "running",
                        "unitType",
                        "user",
                        "assignment",
                        "microlift",
                        "control",
                        0,
                        "variants",
                        List.of(Map.of("key", "control", "value", false), Map.of("key", "treatment", "value", true)),
                        "overrides",
                        Map.of("qa-1", "treatment"),
                        "exposure",
                        "explicit"));
    }

    @Test
    void aMutedVariantKeepsItsKeyAndGivesControlsValue() {
        String key = startExperiment("\"overrides\": {\"qa-1\": \"treatment\"}");
        asAdmin()
                .post("/api/v1/experiments/" + key + "/variants/treatment/mute")
                .then()
                .statusCode(200);
        JsonPath payload = payload();
        String feature = "features.'" + key + "'";

        assertThat(payload.getBoolean(feature + ".rules[0].force")).isFalse();
        assertThat(payload.getList(feature + ".rules[1].variations")).isEqualTo(List.of(false, false));
        assertThat(payload.getString(feature + ".rules[1].meta[1].key")).isEqualTo("treatment");
        assertThat(payload.getMap(feature + ".microlift.variants[1]"))
                .isEqualTo(Map.of("key", "treatment", "value", true, "muted", true));
    }

    @Test
    void anotherUnitTypeIsHashedByTheAttributeOfItsName() {
        String key = startExperiment("\"unitType\": \"account\"");

        assertThat(payload().getString("features.'" + key + "'.rules[0].hashAttribute"))
                .isEqualTo("account");
    }

    @Test
    void whatDoesNotRunHasAValueAndNoRules() {
        String draft = createExperiment("");
        String decided = startExperiment("");
        sending("{\"decision\": \"treatment\"}").post("/api/v1/experiments/" + decided + "/stop");
        String external = startExperiment("\"assignment\": \"external\"");
        String archived = startExperiment("");
        asAdmin().post("/api/v1/experiments/" + archived + "/stop");
        asAdmin().post("/api/v1/experiments/" + archived + "/archive").then().statusCode(200);
        JsonPath payload = payload();

        assertThat(payload.getMap("features"))
                .containsKeys(draft, decided, external)
                .doesNotContainKey(archived);
        for (String key : List.of(draft, decided, external)) {
            assertThat(payload.getMap("features.'" + key + "'")).doesNotContainKey("rules");
        }
        assertThat(payload.getBoolean("features.'" + draft + "'.defaultValue")).isFalse();
        assertThat(payload.getString("features.'" + draft + "'.microlift.phase"))
                .isEqualTo("inactive");
        assertThat(payload.getBoolean("features.'" + decided + "'.defaultValue"))
                .isTrue();
        assertThat(payload.getString("features.'" + decided + "'.microlift.decision"))
                .isEqualTo("treatment");
        assertThat(payload.getString("features.'" + external + "'.microlift.assignment"))
                .isEqualTo("external");
    }

    @Test
    void aPayloadIsCachedByItsStrongTagAndChangesItsDateWithEveryChange() {
        String address = "/api/features/" + newKey("client");
        Response first = given().header("Accept-Encoding", "identity").get(address);
        first.then()
                .header("Cache-Control", equalTo("max-age=30, stale-while-revalidate=3600"))
                .header("x-sse-support", equalTo("enabled"));
        String tag = first.header("ETag");

        given().header("Accept-Encoding", "identity")
                .header("If-None-Match", tag)
                .get(address)
                .then()
                .statusCode(304);
        createExperiment("");
        Response second = given().header("Accept-Encoding", "identity")
                .header("If-None-Match", tag)
                .get(address);
        second.then().statusCode(200).body("dateUpdated", not(equalTo(first.path("dateUpdated"))));
    }

    @Test
    void aCompressedPayloadIsTheSameUnderATagOfItsOwn() throws Exception {
        String address = "/api/features/" + newKey("client");
        RestAssuredConfig asSent =
                RestAssured.config().decoderConfig(decoderConfig().noContentDecoders());
        Response plain = given().config(asSent).get(address);
        Response compressed =
                given().config(asSent).header("Accept-Encoding", "gzip").get(address);

        compressed
                .then()
                .header("Content-Encoding", equalTo("gzip"))
                .header("Vary", containsString("Accept-Encoding"))
                .header("ETag", not(equalTo(plain.header("ETag"))));
        try (GZIPInputStream unpacked = new GZIPInputStream(compressed.asInputStream())) {
            assertThat(unpacked.readAllBytes()).isEqualTo(plain.asByteArray());
        }
    }

    @Test
    void pagesMayReadThatStreamingIsServed() {
        given().header("Origin", "https://shop.example")
                .get("/api/features/" + newKey("client"))
                .then()
                .header("Access-Control-Expose-Headers", containsString("x-sse-support"));
    }

    @Test
    void aKeyThatHidesTheRulesIsReferredToRemoteEvaluation() {
        given().get("/api/features/" + hidingKey())
                .then()
                .statusCode(400)
                .header("x-sse-support", nullValue())
                .body("status", equalTo(400))
                .body("error", containsString("remote evaluation"));
    }

    @Test
    void aKeyThatIsUnknownOrForSomethingElseOrForAnotherPageIsRefused() {
        String bound = sending("{\"name\": \"web\", \"role\": \"client\", \"origins\": [\"https://shop.example\"]}")
                .post("/api/v1/keys")
                .path("key");
        for (String route : List.of("/api/features/", "/sub/")) {
            given().get(route + "mlc_nobody").then().statusCode(401).body("error", containsString("key"));
            given().get(route + newKey("viewer")).then().statusCode(403);
            given().header("Origin", "https://evil.example")
                    .get(route + bound)
                    .then()
                    .statusCode(403);
        }
    }

    private static Response remote(String body) {
        return given().contentType("application/json").body(body).post("/api/eval/" + hidingKey());
    }

    @Test
    void remoteEvaluationGivesTheValueAndWhatToTrackAndNoRule() {
        String key = startExperiment("\"targeting\": {\"country\": {\"$in\": [\"DE\"]}}");
        JsonPath protocol = sending("{\"context\": {\"targetingKey\": \"u1\", \"country\": \"DE\"}}")
                .post("/ofrep/v1/evaluate/flags/" + key)
                .jsonPath();
        Response answer =
                remote("{\"attributes\": {\"id\": \"u1\", \"country\": \"DE\"}, \"url\": \"https://a.example/\"}");
        answer.then()
                .statusCode(200)
                .header("x-sse-support", equalTo("enabled"))
                .body("status", equalTo(200));
        String feature = "features.'" + key + "'";
        JsonPath payload = answer.jsonPath();

        assertThat(payload.getBoolean(feature + ".rules[0].force")).isEqualTo(protocol.getBoolean("value"));
        assertThat(payload.getString(feature + ".rules[0].tracks[0].experiment.key"))
                .isEqualTo(key);
        assertThat(payload.getString(feature + ".rules[0].tracks[0].result.key"))
                .isEqualTo(protocol.getString("variant"));
        assertThat(payload.getString(feature + ".rules[0].tracks[0].result.hashValue"))
                .isEqualTo("u1");
        assertThat(payload.getString(feature)).doesNotContain("condition", "seed", "ranges", "\"DE\"");
    }

    @Test
    void outsideAnExperimentRemoteEvaluationTracksNothing() {
        String key = startExperiment(TARGETED);
        String override = "features.'" + key + "'";

        assertThat(remote("{\"attributes\": {\"id\": \"qa-1\"}}").jsonPath().getMap(override))
                .isEqualTo(Map.of("defaultValue", true));
        assertThat(remote("{\"attributes\": {\"id\": \"u1\", \"country\": \"US\"}}")
                        .jsonPath()
                        .getMap(override))
                .isEqualTo(Map.of("defaultValue", false));
        assertThat(remote("{}").jsonPath().getMap(override)).isEqualTo(Map.of("defaultValue", false));
    }

    @Test
    void whatADeveloperForcesIsGivenAndNotTracked() {
        String key = startExperiment("");
        String feature = "features.'" + key + "'";

        assertThat(remote("{\"attributes\": {\"id\": \"u1\"}, \"forcedVariations\": {\"" + key + "\": 1}}")
                        .jsonPath()
                        .getMap(feature))
                .isEqualTo(Map.of("defaultValue", true));
        assertThat(remote("{\"attributes\": {\"id\": \"u1\"}, \"forcedFeatures\": [[\"" + key + "\", \"any\"]]}")
                        .jsonPath()
                        .getMap(feature))
                .isEqualTo(Map.of("defaultValue", "any"));
    }

    @Test
    void everyFaultOfARemoteRequestIsNamed() {
        remote("{\"attributes\": 7, \"forcedVariations\": {\"a\": \"b\"}, \"forcedFeatures\": [1]}")
                .then()
                .statusCode(400)
                .body("errors.pointer", equalTo(List.of("/attributes", "/forcedVariations", "/forcedFeatures")));
        remote("[]").then().statusCode(400);
        remote("{\"attributes\": ").then().statusCode(400).body("error", containsString("JSON"));
    }

    @Test
    void theStreamCarriesTheWholePayload() throws Exception {
        try (EventReader events = EventReader.open("/sub/" + newKey("server"))) {
            String key = startExperiment("");
            JsonPath payload;
            do {
                events.await("event:features");
                payload = JsonPath.from(events.await("data:"));
            } while (!"running".equals(payload.getString("features.'" + key + "'.microlift.phase")));

            assertThat(payload.getMap("features.'" + key + "'")).containsKey("rules");
        }
    }

    @Test
    void theStreamOfAKeyThatHidesTheRulesOnlySaysThatTheyChanged() throws Exception {
        try (EventReader events = EventReader.open("/sub/" + hidingKey())) {
            startExperiment("");

            events.await("event:features-updated");
            assertThat(events.await("data:").trim()).isEqualTo("{}");
        }
    }

    @Test
    void remoteEvaluationWithAVisibleKeyIsNotOfferedTheStreamThatCarriesRules() {
        String key = startExperiment("");

        given().contentType("application/json")
                .body("{\"attributes\": {\"id\": \"u1\"}}")
                .post("/api/eval/" + newKey("client"))
                .then()
                .statusCode(200)
                .header("x-sse-support", nullValue())
                .body("features", hasKey(key));
    }
}
