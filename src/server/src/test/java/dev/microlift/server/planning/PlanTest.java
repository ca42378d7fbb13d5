package dev.microlift.server.planning;

import static dev.microlift.server.Samples.createJourney;
import static dev.microlift.server.Samples.newKey;
import static dev.microlift.server.TestServer.as;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class PlanTest {

    private static final String RATES = "{\"search\": 0.6, \"view\": 0.4, \"cart\": 0.1, \"purchase\": 0.02}";

    private static ValidatableResponse post(String body) {
        return sending(body).post("/api/v1/plan").then();
    }

    private static JsonPath plan(String baselines, String more) {
        return post("{\"journey\": \"%s\", \"baselines\": %s, \"lift\": 0.05, \"dailyUnits\": 5000, %s}"
                        .formatted(createJourney(), baselines, more))
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static JsonPath shop(String more) {
        return plan(RATES, more);
    }

    /** A journey of one step before its goal: both families have one comparison with two arms. */
    private static String shortJourney() {
        String key = newKey("journey");
        sending(
                        "{\"key\": \"%s\", \"steps\": [{\"key\": \"cart\", \"event\": \"A\"}], \"goal\": {\"key\": \"buy\", \"event\": \"B\"}}"
                                .formatted(key))
                .post("/api/v1/journeys")
                .then()
                .statusCode(201);
        return key;
    }

    @ParameterizedTest
    @CsvSource({"0.02, 315204, 630407, 134", "0.10, 57760, 115520, 31", "0.40, 9490, 18979, 11"})
    void aFivePercentLiftNeedsThePublishedUnits(double rate, int arm, int total, int days) {
        JsonPath plan = post("""
                        {"journey": "%s", "baselines": {"cart": %s, "buy": %s}, "lift": 0.05, "dailyUnits": 5000,
                         "method": "fixed", "window": "P7D"}""".formatted(shortJourney(), rate, rate))
                .statusCode(200)
                .extract()
                .jsonPath();

        for (int row = 0; row < 2; row++) {
            String step = "steps[" + row + "].";
            assertThat(plan.getInt(step + "comparisons")).isEqualTo(1);
            assertThat(plan.getInt(step + "requiredUnits")).isEqualTo(total);
            assertThat(plan.getList(step + "unitsPerVariant", Integer.class)).containsExactly(arm, arm);
            assertThat(plan.getInt(step + "days")).isEqualTo(days);
        }
    }

    @Test
    void microStepsShareTheErrorLevelAndTheGoalDoesNot() {
        JsonPath plan = shop("\"variants\": [2, 1, 1], \"method\": \"fixed\"");

        assertThat(plan.getList("steps.step")).containsExactly("search", "view", "cart", "purchase");
        assertThat(plan.getList("steps.comparisons", Integer.class)).containsExactly(6, 6, 6, 2);
        assertThat(plan.getList("steps.role")).containsExactly("micro", "micro", "micro", "macro");
    }

    @Test
    void stepsAreRankedByTheUnitsTheyRequire() {
        JsonPath plan = plan("{\"search\": 0.4, \"view\": 0.6, \"cart\": 0.1, \"purchase\": 0.02}", "\"days\": 28");

        assertThat(plan.getList("sensitivity.step")).containsExactly("view", "search", "cart", "purchase");
        assertThat(plan.getList("sensitivity.requiredUnits", Integer.class)).isSorted();
        assertThat(plan.getList("sensitivity.minimumDetectableLift", Float.class))
                .isSorted();
        assertThat(plan.getList("steps[0].warnings")).containsExactly("RATE_BELOW_LATER_STEP");
    }

    @Test
    void theDurationIsThatOfTheGoalUnlessItIsChosen() {
        JsonPath own = shop("\"method\": \"fixed\", \"maturityDays\": 7");
        assertThat(own.getInt("duration.days")).isEqualTo(134);
        assertThat(own.getInt("duration.units")).isEqualTo(127 * 5000);
        assertThat(own.getDouble("steps[3].minimumDetectableLift")).isCloseTo(0.05, within(0.001));

        JsonPath chosen = shop("\"method\": \"fixed\", \"maturityDays\": 7, \"days\": 31");
        assertThat(chosen.getInt("duration.days")).isEqualTo(31);
        assertThat(chosen.getInt("steps[3].requiredUnits")).isEqualTo(630_407);
        // 60,000 units an arm: by bisection of the power function
        assertThat(chosen.getDouble("steps[3].minimumDetectableLift")).isCloseTo(0.1164, within(1e-6));
        assertThat(chosen.getDouble("steps[3].minimumDetectableDifference")).isCloseTo(0.002328, within(1e-8));
    }

    @ParameterizedTest
    @CsvSource({"hybrid, 1.07", "sequential, 1.71", "fixed, 1"})
    void lookingEarlyCostsUnits(String method, double inflation) {
        JsonPath plan = shop("\"method\": \"" + method + "\"");

        assertThat(plan.getString("assumptions.method")).isEqualTo(method);
        assertThat(plan.getDouble("assumptions.inflation")).isEqualTo(inflation);
        assertThat(plan.getDouble("steps[3].requiredUnits")).isCloseTo(630_407 * inflation, within(2.0));
    }

    @Test
    void aPlanIsHybridUnlessItSaysOtherwise() {
        JsonPath plan = shop("\"days\": 10");

        assertThat(plan.getMap("assumptions"))
                .containsEntry("method", "hybrid")
                .containsEntry("lift", 0.05f)
                .containsEntry("alpha", 0.05f)
                .containsEntry("power", 0.8f)
                .containsEntry("maturityDays", 0);
        assertThat(plan.getList("assumptions.allocation", Double.class)).containsExactly(1.0, 1.0);
        assertThat(plan.getInt("journey.version")).isEqualTo(1);
    }

    @Test
    void aWindowMaturesAfterItsLastDayBegan() {
        JsonPath plan = shop("\"window\": \"PT49H\", \"traffic\": 0.5");

        assertThat(plan.getInt("assumptions.maturityDays")).isEqualTo(3);
        assertThat(plan.getDouble("assumptions.unitsPerDay")).isEqualTo(2500);
    }

    @Test
    void theGoalsValueIsPlannedBesideItsRate() {
        JsonPath plan =
                plan(RATES.replace("0.02", "{\"rate\": 0.02, \"mean\": 25, \"sd\": 60}"), "\"method\": \"fixed\"");

        assertThat(plan.getString("value.measure")).isEqualTo("mean");
        assertThat(plan.getInt("value.requiredUnits")).isEqualTo(72_336);
        assertThat(plan.getInt("value.comparisons")).isEqualTo(1);
        assertThat(plan.getInt("steps[3].requiredUnits")).isEqualTo(630_407);
    }

    @Test
    void whatCannotBePlannedIsNullBesideItsReason() {
        JsonPath plan = plan("{\"search\": 1, \"view\": 0.99, \"cart\": 0.1, \"purchase\": 0.02}", "\"days\": 20");

        assertThat(plan.getList("steps.reason")).containsExactly("INVALID_INPUT", "MDE_OUT_OF_RANGE", null, null);
        assertThat(plan.getList("steps.requiredUnits").subList(0, 2)).containsOnlyNulls();
        assertThat(plan.getString("steps[0].minimumDetectableReason")).isEqualTo("INVALID_INPUT");
        assertThat(plan.getString("steps[0].minimumDetectableLift")).isNull();
        assertThat(plan.getList("sensitivity.step")).startsWith("cart", "purchase");
    }

    @Test
    void withoutAPossibleGoalThereIsNoDuration() {
        JsonPath plan = plan(RATES.replace("0.02", "0.99"), "\"method\": \"fixed\"");

        assertThat(plan.getString("duration.days")).isNull();
        assertThat(plan.getString("duration.reason")).isEqualTo("MDE_OUT_OF_RANGE");
        assertThat(plan.getList("steps.minimumDetectableLift")).containsOnlyNulls();
        assertThat(plan.getList("steps.minimumDetectableReason")).containsOnly("MDE_OUT_OF_RANGE");
        assertThat(plan.getList("steps.reason")).containsExactly(null, null, null, "MDE_OUT_OF_RANGE");
    }

    @Test
    void tooShortADurationDetectsNothing() {
        JsonPath plan = shop("\"maturityDays\": 7, \"days\": 7");

        assertThat(plan.getInt("duration.units")).isZero();
        assertThat(plan.getList("steps.minimumDetectableReason")).containsOnly("TOO_FEW_UNITS");
        assertThat(plan.getList("steps[3].warnings")).containsExactly("FEW_EXPECTED_CONVERSIONS_AT_DURATION");
    }

    @Test
    void everyFaultOfTheBodyIsToldAtOnce() {
        post("""
                        {"journey": "nobody-made-this", "baselines": {"search": 2, "cart": "0.1"}, "lift": 0, "alpha": 0.6,
                         "power": 1, "variants": [1, 0, "x"], "allocation": [1], "traffic": 0, "dailyUnits": -5,
                         "maturityDays": 1.5, "window": "a week", "method": "bandit", "days": 0, "sead": 1}""")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:microlift:problem:invalid-document"))
                .body("errors.pointer", hasItem("/journey"))
                .body("errors.pointer", hasItem("/baselines/search"))
                .body("errors.pointer", hasItem("/baselines/cart"))
                .body("errors.pointer", hasItem("/lift"))
                .body("errors.pointer", hasItem("/alpha"))
                .body("errors.pointer", hasItem("/power"))
                .body("errors.pointer", hasItem("/variants"))
                .body("errors.pointer", hasItem("/allocation"))
                .body("errors.pointer", hasItem("/traffic"))
                .body("errors.pointer", hasItem("/dailyUnits"))
                .body("errors.pointer", hasItem("/maturityDays"))
                .body("errors.pointer", hasItem("/window"))
                .body("errors.pointer", hasItem("/method"))
                .body("errors.pointer", hasItem("/days"))
                .body("errors.pointer", hasItem("/sead"));
    }

    @Test
    void everyStepOfTheJourneyNeedsARateAndNoOtherMayHaveOne() {
        post("""
                        {"journey": "%s", "baselines": {"search": {"rate": 0.5}, "cart": -0.1, "basket": 0.1,
                         "purchase": {"mean": 3, "median": 2}}, "variants": [1, -1]}""".formatted(createJourney()))
                .statusCode(400)
                .body("errors.pointer", hasItem("/baselines/search"))
                .body("errors.pointer", hasItem("/baselines/view"))
                .body("errors.pointer", hasItem("/baselines/cart"))
                .body("errors.pointer", hasItem("/baselines/basket"))
                .body("errors.pointer", hasItem("/baselines/purchase/rate"))
                .body("errors.pointer", hasItem("/baselines/purchase/sd"))
                .body("errors.pointer", hasItem("/baselines/purchase/median"))
                .body("errors.pointer", hasItem("/variants/1"))
                .body("errors.pointer", hasItem("/lift"))
                .body("errors.pointer", hasItem("/dailyUnits"));
    }

    @Test
    void aGoalWithoutAValueHasNoMean() {
        post("""
                        {"journey": "%s", "baselines": {"cart": 0.1, "buy": {"rate": 0.02, "mean": 3, "sd": 9}}, "lift": 0.05,
                         "dailyUnits": 5000}""".formatted(shortJourney())).statusCode(400).body("errors.pointer", hasItem("/baselines/buy"));
    }

    @Test
    void anUnknownJourneyIsAFaultOfTheBody() {
        post("{\"journey\": \"nobody-made-this\", \"baselines\": {}, \"lift\": 0.1, \"dailyUnits\": 10}")
                .statusCode(400)
                .body("errors.pointer", equalTo(List.of("/journey")))
                .body("errors.code", equalTo(List.of("unknown-journey")));
    }

    @Test
    void aViewerMayPlanAndAClientMayNot() {
        String body = "{\"journey\": \"%s\", \"baselines\": %s, \"lift\": 0.05, \"dailyUnits\": 5000}"
                .formatted(createJourney(), RATES);

        as(TestServer.newKey("viewer"))
                .contentType("application/json")
                .body(body)
                .post("/api/v1/plan")
                .then()
                .statusCode(200);
        as(TestServer.newKey("client"))
                .contentType("application/json")
                .body(body)
                .post("/api/v1/plan")
                .then()
                .statusCode(403);
        RestAssured.given()
                .contentType("application/json")
                .body(body)
                .post("/api/v1/plan")
                .then()
                .statusCode(401);
    }

    @Test
    void theDocumentedExampleIsAnswered() {
        Map<String, Object> example = RestAssured.given()
                .accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("paths.'/api/v1/plan'.post.requestBody.content.'application/json'.example");
        example.put("journey", createJourney());

        asAdmin()
                .contentType("application/json")
                .body(example)
                .post("/api/v1/plan")
                .then()
                .statusCode(200)
                .body("value.measure", equalTo("mean"))
                .body("duration.days", equalTo(28));
    }
}
