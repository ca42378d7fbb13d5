package dev.microlift.server.report.surrogacy;

import static dev.microlift.server.Samples.newKey;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.microlift.server.TestServer;
import dev.microlift.server.report.Tracked;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;

/** Twenty experiments of one journey, each with its own effect on the step; of those that view every second one buys. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class SurrogacyRoutesTest {

    private static final int ENOUGH = 20;
    private static final int UNITS = 100;

    private final String journey = newKey("journey");

    private void callTheStep(String name, String event) {
        sending("""
                {"key": "%1$s", "steps": [{"key": "view", "name": "%2$s", "event": "%3$s"}],
                 "goal": {"key": "buy", "name": "%2$s", "event": "%1$s buy"}}""".formatted(journey, name, event))
                .put("/api/v1/journeys/" + journey)
                .then()
                .statusCode(200);
    }

    private void createJourney() {
        sending("""
                {"key": "%1$s", "steps": [{"key": "view", "event": "%1$s view"}],
                 "goal": {"key": "buy", "event": "%1$s buy"}}""".formatted(journey)).post("/api/v1/journeys").then().statusCode(201);
    }

    /** Half of the control's units view, and of the treatment's so many. */
    private void stoppedExperiment(int number, int viewing) {
        String key = journey + "-e" + number;
        sending("""
                {"key": "%s", "journeys": ["%s"], "assignment": "external",
                 "variants": [{"key": "control"}, {"key": "treatment"}]}""".formatted(key, journey)).post("/api/v1/experiments").then().statusCode(201);
        asAdmin().post("/api/v1/experiments/" + key + "/start").then().statusCode(200);
        Tracked tracked = new Tracked(key);
        for (int unit = 0; unit < 2 * UNITS; unit++) {
            boolean control = unit < UNITS;
            tracked.exposure(unit, control ? "control" : "treatment", "");
            if (unit % UNITS < (control ? UNITS / 2 : viewing)) {
                tracked.event(unit, journey + " view", 1, "");
                if (unit % 2 == 0) {
                    tracked.event(unit, journey + " buy", 2, "");
                }
            }
        }
        tracked.send();
        asAdmin().post("/api/v1/experiments/" + key + "/stop").then().statusCode(200);
    }

    private JsonPath surrogacy() {
        return asAdmin()
                .get("/api/v1/journeys/" + journey + "/surrogacy")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void aStepIsTheSameUnderAnotherNameAndAnotherOneWithOtherEvents() {
        createJourney();
        stoppedExperiment(0, 40);

        callTheStep("Looked at a product", journey + " view");
        assertThat(surrogacy().getList("included.experiment")).hasSize(1);

        callTheStep("Looked at a product", journey + " look");
        assertThat(surrogacy().getList("excluded.reason")).containsExactly("OTHER_STEPS");
    }

    @Test
    void twentyExperimentsSayWhatAStepIsWorthAndOneLessSaysNothing() {
        createJourney();
        for (int i = 0; i < ENOUGH - 1; i++) {
            stoppedExperiment(i, 30 + 2 * i);
        }
        JsonPath few = surrogacy();
        stoppedExperiment(ENOUGH - 1, 30 + 2 * (ENOUGH - 1));
        JsonPath enough = surrogacy();

        assertThat(few.getInt("steps[0].experiments")).isEqualTo(ENOUGH - 1);
        assertThat(few.getString("steps[0].reason")).isEqualTo("TOO_FEW_TRIALS");
        assertThat(few.<Object>get("steps[0].slope.estimate")).isNull();

        assertThat(enough.getList("included.experiment")).hasSize(ENOUGH);
        assertThat(enough.getList("excluded")).isEmpty();
        assertThat(enough.getString("steps[0].reason")).isNull();
        // Views and purchases change by the same factor, so that the noise they share takes nothing from the slope.
        assertThat(enough.getDouble("steps[0].slope.estimate")).isEqualTo(1, within(1e-6));
        assertThat(enough.getDouble("steps[0].naiveSlope")).isEqualTo(1, within(1e-6));
        assertThat(enough.getDouble("steps[0].reliability")).isBetween(0.2, 1.0);
        assertThat(enough.getDouble("steps[0].signAgreement")).isEqualTo(1);
        assertThat(enough.getList("steps[0].warnings")).containsExactly("IMPRECISE");
    }
}
