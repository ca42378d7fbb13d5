package dev.microlift.server.evaluation;

import static dev.microlift.server.Samples.createExperiment;
import static dev.microlift.server.Samples.startExperiment;
import static dev.microlift.server.TestServer.as;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class OfrepTest {

    private static final String PATH = "/ofrep/v1/evaluate/flags";

    @Test
    void aUnitGetsOneVariantForeverAndBothVariantsAreGiven() {
        String key = startExperiment("");
        Map<String, String> first = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            first.put("u" + i, variant(key, "u" + i));
        }

        assertThat(first.values()).contains("control", "treatment");
        first.forEach((unit, variant) -> assertThat(variant(key, unit)).isEqualTo(variant));
    }

    private static String variant(String key, String unit) {
        return evaluate(key, unit)
                .statusCode(200)
                .body("reason", equalTo("SPLIT"))
                .body("metadata.inExperiment", equalTo(true))
                .extract()
                .path("variant");
    }

    private static ValidatableResponse evaluate(String key, String unit) {
        return sending("{\"context\": {\"targetingKey\": \"" + unit + "\", \"country\": \"US\"}}")
                .post(PATH + "/" + key)
                .then();
    }

    @Test
    void refusedRequestsAreCountedUnderTheirRouteAndNotTheirAddress() {
        as("wrong")
                .contentType("application/json")
                .body("{}")
                .post(PATH + "/any")
                .then()
                .statusCode(401);

        // An answer is counted just after it was sent.
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        Predicate<String> counted = line -> line.startsWith("http_server_requests_seconds_count")
                && line.contains("status=\"401\"")
                && line.contains("uri=\"" + PATH + "/{key}\"");
        while (given().get("/q/metrics").asString().lines().noneMatch(counted)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    @Test
    void whatIsNotRunningServesControlsValueAsDisabled() {
        evaluate(createExperiment(""), "u1")
                .statusCode(200)
                .body("reason", equalTo("DISABLED"))
                .body("value", equalTo(false))
                .body("variant", nullValue());
    }

    @Test
    void aDecisionIsServedToEverybodyUntilArchived() {
        String key = startExperiment("");
        sending("{\"decision\": \"treatment\"}").post("/api/v1/experiments/" + key + "/stop");

        evaluate(key, "u1").body("reason", equalTo("STATIC")).body("value", equalTo(true));
        asAdmin().post("/api/v1/experiments/" + key + "/archive");
        evaluate(key, "u1").body("reason", equalTo("DISABLED")).body("value", equalTo(false));
    }

    @Test
    void anOverrideIsServedAndIsNotPartOfTheExperiment() {
        String key = startExperiment("\"overrides\": {\"qa-1\": \"treatment\"}");

        evaluate(key, "qa-1")
                .body("reason", equalTo("TARGETING_MATCH"))
                .body("variant", equalTo("treatment"))
                .body("metadata.inExperiment", equalTo(false));
    }

    @Test
    void outsideTheTargetingControlIsServedWithoutAVariant() {
        String key = startExperiment("\"targeting\": {\"country\": {\"$in\": [\"DE\"]}}");

        evaluate(key, "u1")
                .body("reason", equalTo("DEFAULT"))
                .body("value", equalTo(false))
                .body("variant", nullValue())
                .body("metadata.outside", equalTo("targeting"));
    }

    @Test
    void growingTrafficMovesNobody() {
        String key = startExperiment("\"traffic\": 0.3");
        Map<String, String> before = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            String variant = evaluate(key, "u" + i).extract().path("variant");
            if (variant != null) {
                before.put("u" + i, variant);
            }
        }
        String document = asAdmin().get("/api/v1/experiments/" + key).asString();
        sending(document.replace("\"traffic\":0.3", "\"traffic\":1"))
                .put("/api/v1/experiments/" + key)
                .then()
                .statusCode(200);

        assertThat(before).isNotEmpty();
        before.forEach((unit, variant) -> assertThat(variant(key, unit)).isEqualTo(variant));
    }

    @Test
    void aMutedVariantKeepsItsUnitsButServesControlsValue() {
        String key = startExperiment("\"overrides\": {\"qa-1\": \"treatment\"}");
        asAdmin()
                .post("/api/v1/experiments/" + key + "/variants/treatment/mute")
                .then()
                .statusCode(200);

        evaluate(key, "qa-1").body("variant", equalTo("treatment")).body("value", equalTo(false));
        asAdmin()
                .post("/api/v1/experiments/" + key + "/variants/treatment/unmute")
                .then()
                .statusCode(200);
        evaluate(key, "qa-1").body("value", equalTo(true));
    }

    @Test
    void anotherUnitTypeRidesInTheContextAndIsNeverGuessed() {
        String key = startExperiment("\"unitType\": \"account\"");

        evaluate(key, "u1").body("metadata.outside", equalTo("noUnit")).body("value", equalTo(false));
        sending("{\"context\": {\"targetingKey\": \"u1\", \"account\": \"a9\"}}")
                .post(PATH + "/" + key)
                .then()
                .body("reason", equalTo("SPLIT"));
    }

    @Test
    void numbersKeepTheirType() {
        String key = startExperiment("\"overrides\": {\"q\": \"control\"}");
        String document = asAdmin().get("/api/v1/experiments/" + key).asString();
        String doubles = document.replace("\"value\":false", "\"value\":1.0")
                .replace("\"value\":true", "\"value\":2.50")
                .replace(key, key + "-double");
        sending(doubles).post("/api/v1/experiments").then().statusCode(201);

        String body = evaluate(key + "-double", "q").extract().asString();
        assertThat(body).contains("\"value\":1.0,");
    }

    @Test
    void errorsSpeakTheProtocol() {
        String key = startExperiment("");
        evaluate("no-such-flag", "u1").statusCode(404).body("errorCode", equalTo("FLAG_NOT_FOUND"));
        sending("{\"context\": {}}")
                .post(PATH + "/" + key)
                .then()
                .statusCode(400)
                .body("errorCode", equalTo("TARGETING_KEY_MISSING"))
                .body("key", equalTo(key));
        sending("{\"context\": ")
                .post(PATH + "/" + key)
                .then()
                .statusCode(400)
                .body("errorCode", equalTo("PARSE_ERROR"))
                .body("key", equalTo(key));
        sending("{\"context\": 7}")
                .post(PATH + "/" + key)
                .then()
                .statusCode(400)
                .body("errorCode", equalTo("INVALID_CONTEXT"))
                .body("key", equalTo(key))
                .body("errorDetails", containsString("/context"));
        evaluate(key, "x".repeat(10_000)).statusCode(400).body("errorCode", equalTo("INVALID_CONTEXT"));
        evaluate(key, "🦊".repeat(60)).statusCode(200);
        as("nobody")
                .contentType("application/json")
                .body("{}")
                .post(PATH)
                .then()
                .statusCode(401)
                .body("errorCode", notNullValue());
        as(TestServer.newKey("viewer"))
                .contentType("application/json")
                .body("{}")
                .post(PATH)
                .then()
                .statusCode(403);
    }

    @Test
    void aBulkAnswerIsNotRepeatedWhenNothingChanged() {
        String key = startExperiment("");
        Response first = bulk("u1", "\"none\"");
        String tag = first.header("ETag");

        first.then().statusCode(200).body("flags.key", hasItem(key));
        bulk("u1", tag).then().statusCode(304);
        String own = variant(key, "u1");
        String different = java.util.stream.IntStream.range(2, 1000)
                .mapToObj(i -> "u" + i)
                .filter(unit -> !variant(key, unit).equals(own))
                .findFirst()
                .orElseThrow();
        bulk(different, tag).then().statusCode(200);
        startExperiment("");
        bulk("u1", tag).then().statusCode(200);
    }

    @Test
    void aBulkAnswerWithoutATargetingKeyNamesTheFlagsThatNeedOne() {
        String key = startExperiment("");

        sending("{\"context\": {}}")
                .post(PATH)
                .then()
                .statusCode(200)
                .body("flags.find { it.key == '" + key + "' }.errorCode", equalTo("TARGETING_KEY_MISSING"));
    }

    @Test
    void aTagIsKnownAgainInItsWeakFormInAListAndAsAnyTag() {
        startExperiment("");
        String tag = bulk("u1", "\"none\"").header("ETag");

        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        for (String known : new String[] {"W/" + tag, "\"x\", " + tag, "*"}) {
            bulk("u1", known).then().statusCode(304).header("ETag", equalTo(tag));
        }
        bulk("u1", tag.toUpperCase(java.util.Locale.ROOT)).then().statusCode(200);
    }

    @Test
    void anEvaluationThatIsAnExposureSaysThatItWasRecorded() {
        String key = startExperiment("\"exposure\": \"onEvaluation\"");

        evaluate(key, "u1").statusCode(200).body("metadata.exposureLogged", equalTo(true));
        bulk("u1", "\"none\"")
                .then()
                .body("flags.find { it.key == '" + key + "' }.metadata.exposureLogged", nullValue());
    }

    @Test
    void whatIsTooLargeOrNoJsonIsRefusedInTheLanguageOfTheProtocol() {
        sending("{\"context\": {\"a\": \"" + "x".repeat(1 << 20) + "\"}}")
                .post(PATH)
                .then()
                .statusCode(413)
                .body("errorCode", equalTo("GENERAL"))
                .body("errorDetails", notNullValue());
        asAdmin()
                .contentType("text/plain")
                .body("{}")
                .post(PATH)
                .then()
                .statusCode(415)
                .body("errorCode", equalTo("GENERAL"));
        sending("{\"context\": {\"a\": 1, \"a\": 2}}")
                .post(PATH)
                .then()
                .statusCode(400)
                .body("errorCode", equalTo("PARSE_ERROR"));
        asAdmin().get("/ofrep/v1/nothing").then().statusCode(404).body("errorCode", equalTo("GENERAL"));
    }

    @Test
    void aBodyTooLongToStayInMemoryIsReadAllTheSame() {
        String key = startExperiment("");

        sending("{\"context\": {\"targetingKey\": \"u1\", \"a\": \"" + "x".repeat(200_000) + "\"}}")
                .post(PATH + "/" + key)
                .then()
                .statusCode(200)
                .body("reason", equalTo("SPLIT"));
    }

    @Test
    void librariesInPagesMaySendHeadersOfTheirOwn() {
        given().header("Origin", "https://shop.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "anonymousid,authorization,content-type,x-retry-count")
                .options("/v1/batch")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Headers", containsString("anonymousid"))
                .header("Access-Control-Allow-Headers", containsString("x-retry-count"));
    }

    @Test
    void aPageOfTheKeysOriginMayAskAfterAPreflightWithoutAKey() {
        String key = sending("{\"name\": \"web\", \"role\": \"client\", \"origins\": [\"https://shop.example\"]}")
                .post("/api/v1/keys")
                .path("key");
        given().header("Origin", "https://shop.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type,authorization,x-api-key,if-none-match")
                .options(PATH)
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", equalTo("https://shop.example"))
                .header("Access-Control-Allow-Headers", containsString("if-none-match"));
        as(key).header("Origin", "https://shop.example")
                .contentType("application/json")
                .body("{}")
                .post(PATH)
                .then()
                .statusCode(200)
                .header("Access-Control-Expose-Headers", containsString("ETag"))
                .header("Access-Control-Expose-Headers", containsString("Retry-After"));
        as(key).header("Origin", "https://evil.example")
                .contentType("application/json")
                .body("{}")
                .post(PATH)
                .then()
                .statusCode(403)
                .body("errorCode", notNullValue());
    }

    private static Response bulk(String unit, String tag) {
        return sending("{\"context\": {\"targetingKey\": \"" + unit + "\"}}")
                .header("If-None-Match", tag)
                .post(PATH);
    }
}
