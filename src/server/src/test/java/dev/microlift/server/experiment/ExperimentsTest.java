package dev.microlift.server.experiment;

import static dev.microlift.server.Samples.createExperiment;
import static dev.microlift.server.Samples.createJourney;
import static dev.microlift.server.Samples.experiment;
import static dev.microlift.server.Samples.newKey;
import static dev.microlift.server.Samples.startExperiment;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class ExperimentsTest {

    private static final String PATH = "/api/v1/experiments";

    @Test
    void anExperimentIsReadAsItWasCreatedWithDefaultsFilledIn() {
        String key = createExperiment(
                "\"targeting\": {\"country\": {\"$in\": [\"DE\"]}}, \"overrides\": {\"qa-1\": \"treatment\"}, "
                        + "\"plan\": {\"window\": \"P7D\", \"plannedUnits\": 20000}");

        asAdmin()
                .get(PATH + "/" + key)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("status", equalTo("draft"))
                .body("unitType", equalTo("user"))
                .body("traffic", equalTo(1))
                .body("assignment", equalTo("microlift"))
                .body("variants[0].control", equalTo(true))
                .body("variants[1].value", equalTo(true))
                .body("targeting.country.$in", equalTo(java.util.List.of("DE")))
                .body("overrides.qa-1", equalTo("treatment"))
                .body("plan.window", equalTo("P7D"))
                .body("plan.method", equalTo("hybrid"))
                .body("startedAt", nullValue());
    }

    @Test
    void withoutAPlannedEndAnExperimentMayBeReadAtAnyTime() {
        asAdmin().get(PATH + "/" + createExperiment("")).then().body("plan.method", equalTo("sequential"));
    }

    @Test
    void allFaultsOfABodyAreReportedAtOnceWithTheirPlaces() {
        sending("""
                        {"key": "x", "journeys": ["no-such-journey"], "traffic": 1.5, "colour": 1,
                         "targeting": {"country": {"$nearly": "DE"}}, "layer": "checkout",
                         "variants": [{"key": "a", "weight": -1, "value": 1}, {"key": "b", "value": 1, "size": 2}],
                         "plan": {"window": "a week", "alpha": 7}}""")
                .post(PATH)
                .then()
                .statusCode(400)
                .body(
                        "errors.pointer",
                        containsInAnyOrder(
                                "/journeys/0",
                                "/traffic",
                                "/colour",
                                "/targeting/country/$nearly",
                                "/layer",
                                "/variants/0/weight",
                                "/variants/1/size",
                                "/plan/window",
                                "/plan/alpha"));
        asAdmin().get(PATH + "/x").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3", "\"NaN\"", "\"50\"", "1e999", "true", "[]"})
    void aWeightThatIsNoPositiveNumberIsRefusedByPlace(String weight) {
        refusedWeight(weight).body("errors.pointer", hasItem("/variants/1/weight"));
    }

    @Test
    void aWeightOfAThousandDigitsIsRefusedByPlace() {
        refusedWeight("9".repeat(1000)).body("errors.pointer", hasItem("/variants/1/weight"));
        refusedWeight("9".repeat(5000)).body("errors.pointer", hasItem("/variants/1/weight"));
        refusedWeight("NaN").body("errors.pointer", hasItem("/variants/1/weight"));
    }

    private static ValidatableResponse refusedWeight(String weight) {
        String document = experiment(newKey("experiment"), createJourney(), "")
                .replace("50, \"value\": true", weight + ", \"value\": true");
        return sending(document).post(PATH).then().statusCode(400);
    }

    @Test
    void twoVariantsOfOneNameAreRefused() {
        sending(experiment(newKey("experiment"), createJourney(), "").replace("treatment", "control"))
                .post(PATH)
                .then()
                .statusCode(400)
                .body("errors.code", hasItem("duplicate-key"))
                .body("errors.pointer", hasItem("/variants/1/key"));
    }

    @Test
    void aNumberKeepsItsTypeHoweverItIsWritten() {
        String key = newKey("experiment");
        String body =
                experiment(key, createJourney(), "").replace("false", "1e10").replace("true", "2.50e1");
        sending(body)
                .post(PATH)
                .then()
                .statusCode(201)
                .body(containsString("10000000000.0"))
                .body(containsString("25.0"));

        asAdmin().get(PATH + "/" + key).then().statusCode(200).body(containsString("10000000000.0"));
        asAdmin().post(PATH + "/" + key + "/start").then().statusCode(200);
        sending("{\"context\": {\"targetingKey\": \"u1\"}}")
                .post("/ofrep/v1/evaluate/flags/" + key)
                .then()
                .statusCode(200);
        asAdmin().get(PATH).then().statusCode(200);
    }

    @Test
    void variantsThatAnotherToolAssignsMayBeOfAnyWeight() {
        String key = newKey("experiment");
        sending(experiment(key, createJourney(), "\"assignment\": \"external\"")
                        .replaceFirst("\"weight\": 50", "\"weight\": 0.05"))
                .post(PATH)
                .then()
                .statusCode(201);

        asAdmin().post(PATH + "/" + key + "/start").then().statusCode(200);
    }

    @Test
    void aVariantOfFewerThanSixteenBucketsIsRefused() {
        sending(experiment(newKey("experiment"), createJourney(), "\"traffic\": 0.002"))
                .post(PATH)
                .then()
                .statusCode(400)
                .body("errors.code", hasItem("too-narrow"));
    }

    @Test
    void wholeNumbersBesideOthersAreServedAsOthers() {
        String key = newKey("experiment");
        String variants = "[{\"key\": \"a\", \"value\": 1}, {\"key\": \"b\", \"value\": 1.5}]";
        sending("{\"key\": \"" + key + "\", \"journeys\": [\"" + createJourney() + "\"], \"variants\": " + variants
                        + "}")
                .post(PATH)
                .then()
                .statusCode(201);

        assertThat(asAdmin().get(PATH + "/" + key).asString())
                .contains("\"value\":1.0")
                .contains("\"value\":1.5");
        assertThat(sending("{\"context\": {\"targetingKey\": \"u1\"}}")
                        .post("/ofrep/v1/evaluate/flags/" + key)
                        .asString())
                .contains("\"value\":1.0");
    }

    @Test
    void theLifeGoesFromDraftToArchiveAndNoOtherWay() {
        String key = createExperiment("");
        refused(key, "pause");
        moved(key, "start", "running").body("startedAt", notNullValue());
        refused(key, "start").body("detail", containsString("pause or stop"));
        moved(key, "pause", "paused");
        moved(key, "resume", "running");
        refused(key, "archive");
        asAdmin().delete(PATH + "/" + key).then().statusCode(409);
        moved(key, "stop", "stopped").body("stoppedAt", notNullValue()).body("decision", nullValue());
        moved(key, "archive", "archived");
        asAdmin().delete(PATH + "/" + key).then().statusCode(204);
    }

    private static ValidatableResponse moved(String key, String move, String status) {
        return asAdmin()
                .post(PATH + "/" + key + "/" + move)
                .then()
                .statusCode(200)
                .body("status", equalTo(status));
    }

    private static ValidatableResponse refused(String key, String move) {
        return asAdmin()
                .post(PATH + "/" + key + "/" + move)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:microlift:problem:state-conflict"));
    }

    @Test
    void aStopMayDecideForAVariantThatExists() {
        String key = startExperiment("");

        sending("{\"decision\": \"purple\"}")
                .post(PATH + "/" + key + "/stop")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/decision"));
        sending("{\"decision\": \"treatment\", \"reason\": \"won\"}")
                .post(PATH + "/" + key + "/stop")
                .then()
                .statusCode(200)
                .body("decision", equalTo("treatment"))
                .body("decisionReason", equalTo("won"));
    }

    @Test
    void whileRunningTrafficOnlyGrows() {
        String key = startExperiment("\"traffic\": 0.5");
        String document = asAdmin().get(PATH + "/" + key).asString();

        sending(document.replace("\"traffic\":0.5", "\"traffic\":0.4"))
                .put(PATH + "/" + key)
                .then()
                .statusCode(409)
                .body("detail", containsString("larger traffic"));
        sending(document.replace("\"traffic\":0.5", "\"traffic\":0.8"))
                .put(PATH + "/" + key)
                .then()
                .statusCode(200)
                .body("exploratory", equalTo(false));
    }

    @Test
    void whileRunningNothingChangesThatWouldMoveAUnit() {
        String key = startExperiment("");
        String document = asAdmin().get(PATH + "/" + key).asString();

        for (String edit : new String[] {
            "\"weight\":50->\"weight\":60",
            "\"unitType\":\"user\"->\"unitType\":\"anonymous\"",
            "\"targeting\":null->\"targeting\":{\"a\":1}"
        }) {
            String[] change = edit.split("->");
            sending(document.replaceFirst(
                            java.util.regex.Pattern.quote(change[0]),
                            java.util.regex.Matcher.quoteReplacement(change[1])))
                    .put(PATH + "/" + key)
                    .then()
                    .statusCode(409);
        }
        asAdmin().get(PATH + "/" + key).then().body("version", equalTo(2));
    }

    @Test
    void aPlanThatChangesAfterTheStartMarksTheExperimentExploratory() {
        String key = startExperiment("\"plan\": {\"window\": \"P7D\"}");
        String document = asAdmin().get(PATH + "/" + key).asString();

        sending(document.replace("P7D", "P9D")).put(PATH + "/" + key).then().body("exploratory", equalTo(true));
        sending(document).put(PATH + "/" + key).then().body("exploratory", equalTo(false));
    }

    @Test
    void aRunningExperimentKeepsTheJourneyVersionItStartedWith() {
        String key = startExperiment("");
        String journey = asAdmin().get(PATH + "/" + key).path("journeys[0]");
        String document = asAdmin().get("/api/v1/journeys/" + journey).asString();
        sending(document.replace("Product Viewed", "Item Seen"))
                .put("/api/v1/journeys/" + journey)
                .then()
                .body("version", equalTo(2));

        asAdmin().get(PATH + "/" + key + "/report").then().statusCode(200).body("journey.version", equalTo(1));
    }

    @Test
    void aChangeBoundToAnOldVersionIsRefused() {
        String key = createExperiment("");

        asAdmin()
                .header("If-Match", "\"9\"")
                .post(PATH + "/" + key + "/start")
                .then()
                .statusCode(412);
        asAdmin()
                .header("If-Match", "\"1\"")
                .post(PATH + "/" + key + "/start")
                .then()
                .statusCode(200);
        asAdmin()
                .header("If-Match", "\"1\"")
                .post(PATH + "/" + key + "/pause")
                .then()
                .statusCode(412);
    }

    @Test
    void aListCanBeNarrowedToAStatus() {
        String running = startExperiment("");
        String draft = createExperiment("");

        asAdmin()
                .queryParam("status", "running")
                .queryParam("limit", 1000)
                .get(PATH)
                .then()
                .body("items.key", hasItem(running))
                .body("items.key", org.hamcrest.Matchers.not(hasItem(draft)));
        asAdmin().queryParam("status", "asleep").get(PATH).then().statusCode(400);
    }
}
