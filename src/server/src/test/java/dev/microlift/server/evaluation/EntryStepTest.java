package dev.microlift.server.evaluation;

import static dev.microlift.server.Evaluations.evaluate;
import static dev.microlift.server.Evaluations.outside;
import static dev.microlift.server.Evaluations.variant;
import static dev.microlift.server.Samples.createExperiment;
import static dev.microlift.server.Samples.createJourney;
import static dev.microlift.server.Samples.experiment;
import static dev.microlift.server.Samples.newKey;
import static dev.microlift.server.Samples.startExperiment;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Units are eligible once the server has seen a step from them, and sticky ones stay. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class EntryStepTest {

    private static final String EXPERIMENTS = "/api/v1/experiments/";
    private static final String IN_GERMANY = "\"targeting\": {\"country\": \"DE\"}";

    /** The samples' journey has the steps search, view and cart (of a price from 10). */
    private static String entering(String step, String more) {
        return startExperiment("\"entryStep\": \"" + step + "\"" + more);
    }

    private static void track(String user, String event, String properties) {
        send("{\"type\": \"track\", \"userId\": \"" + user + "\", \"event\": \"" + event + "\", \"properties\": "
                + properties + "}");
    }

    private static void expose(String user, String experiment, String variant) {
        track(
                user,
                "Experiment Viewed",
                "{\"experiment_id\": \"" + experiment + "\", \"variation_id\": \"" + variant + "\"}");
    }

    private static void send(String message) {
        sending("{\"batch\": [" + message + "]}")
                .post("/v1/batch")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1));
    }

    private static String newUser() {
        return newKey("visitor");
    }

    /** A user of the treatment, so that serving it can be told from serving nothing. */
    private static String inTreatment(String experiment, String attributes) {
        String user = newUser();
        while (!"treatment".equals(evaluate(experiment, user, attributes).getString("variant"))) {
            user = newUser();
        }
        return user;
    }

    @Test
    void aUnitIsInTheExperimentAsSoonAsItsStepWasAcknowledged() {
        String key = entering("view", "");
        for (int i = 0; i < 50; i++) {
            String user = newUser();
            JsonPath before = evaluate(key, user, "");
            assertThat(before.getString("metadata.outside")).isEqualTo("entryStep");
            assertThat(before.getBoolean("value")).isFalse();
            assertThat(before.getString("variant")).isNull();
            track(user, "Product Viewed", "{}");
            assertThat(variant(key, user)).as(user).isPresent();
        }
    }

    @Test
    void theConditionsOfTheStepMustHold() {
        String key = entering("cart", "");
        String user = newUser();
        track(user, "Product Added", "{\"price\": 9.99}");
        track(user, "Product Added", "{\"price\": \"20\"}");
        assertThat(outside(key, user)).contains("entryStep");
        track(user, "Product Added", "{\"price\": 10}");

        assertThat(variant(key, user)).isPresent();
    }

    @Test
    void aStepThatWasDoneBeforeTheStartCounts() {
        String user = newUser();
        track(user, "Products Searched", "{}");

        assertThat(variant(entering("search", ""), user)).isPresent();
    }

    @Test
    void theStepIsTheOneOfTheVersionThatWasStarted() {
        String key = entering("view", "");
        String journey = asAdmin().get(EXPERIMENTS + key).path("journeys[0]");
        String document = asAdmin().get("/api/v1/journeys/" + journey).asString();
        sending(document.replace("\"view\"", "\"looked\"").replace("Product Viewed", "Item Seen"))
                .put("/api/v1/journeys/" + journey)
                .then()
                .statusCode(200);
        String user = newUser();
        track(user, "Product Viewed", "{}");

        assertThat(variant(key, user)).isPresent();
        sending(asAdmin().get(EXPERIMENTS + key).asString().replace("\"name\":\"" + key, "\"name\":\"renamed"))
                .put(EXPERIMENTS + key)
                .then()
                .statusCode(200);
    }

    @Test
    void aStepThatTheJourneyLostKeepsADraftFromStarting() {
        String key = createExperiment("\"entryStep\": \"view\"");
        String journey = asAdmin().get(EXPERIMENTS + key).path("journeys[0]");
        String document = asAdmin().get("/api/v1/journeys/" + journey).asString();
        sending(document.replace("\"view\"", "\"looked\""))
                .put("/api/v1/journeys/" + journey)
                .then()
                .statusCode(200);

        asAdmin()
                .post(EXPERIMENTS + key + "/start")
                .then()
                .statusCode(409)
                .body("detail", containsString("/entryStep"));
    }

    @Test
    void onlyAStepWithoutAWindowOfOneOfTheJourneysIsAnEntry() {
        sending(experiment(newKey("experiment"), createJourney(), "\"entryStep\": \"no-such-step\""))
                .post("/api/v1/experiments")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/entryStep"))
                .body("errors.code", hasItem("unknown-step"));
        sending(experiment(
                        newKey("experiment"),
                        createJourney(),
                        "\"entryStep\": \"view\", \"sticky\": true, \"assignment\": \"external\""))
                .post("/api/v1/experiments")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/entryStep"))
                .body("errors.pointer", hasItem("/sticky"));
        String journey = newKey("journey");
        sending("{\"key\": \"" + journey + "\", \"goal\": {\"key\": \"buy\", \"event\": \"Buy\", \"window\": \"P1D\"}}")
                .post("/api/v1/journeys")
                .then()
                .statusCode(201);
        sending(experiment(newKey("experiment"), journey, "\"entryStep\": \"buy\""))
                .post("/api/v1/experiments")
                .then()
                .statusCode(400)
                .body("errors.code", hasItem("step-has-window"));
    }

    @Test
    void whoWasNotExposedIsNotKeptByAStickyExperiment() {
        String key = startExperiment("\"sticky\": true, " + IN_GERMANY);
        String user = inTreatment(key, "\"country\": \"DE\"");

        assertThat(outside(key, user)).contains("targeting");
    }

    @Test
    void aUnitThatWasExposedKeepsItsVariantWhenTargetingExcludesIt() {
        String sticky = startExperiment("\"sticky\": true, " + IN_GERMANY);
        String other = startExperiment(IN_GERMANY);
        String user = inTreatment(sticky, "\"country\": \"DE\"");
        expose(user, sticky, "treatment");
        expose(user, other, "treatment");

        JsonPath answer = evaluate(sticky, user, "\"country\": \"FR\"");
        assertThat(answer.getString("variant")).isEqualTo("treatment");
        assertThat(answer.getBoolean("value")).isTrue();
        assertThat(answer.getString("reason")).isEqualTo("SPLIT");
        assertThat(evaluate(other, user, "\"country\": \"FR\"").getString("metadata.outside"))
                .isEqualTo("targeting");
    }

    @Test
    void anExposureThatTheServerRecordedKeepsItsVariantToo() {
        String key = startExperiment("\"sticky\": true, \"exposure\": \"onEvaluation\", " + IN_GERMANY);
        String user = newUser();
        Optional<String> seen =
                Optional.of(evaluate(key, user, "\"country\": \"DE\"").getString("variant"));

        assertThat(variant(key, user)).isEqualTo(seen);
    }

    @Test
    void anExposureToAVariantThatIsNotTheUnitsOwnChangesNothing() {
        String key = startExperiment("\"sticky\": true, " + IN_GERMANY);
        String user = inTreatment(key, "\"country\": \"DE\"");
        expose(user, key, "control");

        assertThat(outside(key, user)).contains("targeting");
        assertThat(evaluate(key, user, "\"country\": \"DE\"").getString("variant"))
                .isEqualTo("treatment");
    }

    @Test
    void stickyDoesNotOutliveTheExperiment() {
        String key = startExperiment("\"sticky\": true, " + IN_GERMANY);
        String user = inTreatment(key, "\"country\": \"DE\"");
        expose(user, key, "treatment");
        asAdmin().post(EXPERIMENTS + key + "/pause").then().statusCode(200);
        assertThat(evaluate(key, user, "").getString("reason")).isEqualTo("DISABLED");
        asAdmin().post(EXPERIMENTS + key + "/resume").then().statusCode(200);
        assertThat(variant(key, user)).contains("treatment");
        asAdmin().post(EXPERIMENTS + key + "/stop").then().statusCode(200);

        assertThat(evaluate(key, user, "").getString("reason")).isEqualTo("DISABLED");
    }

    @Test
    void linkingAnAnonymousIdToAUserMovesNobody() {
        String onUsers = startExperiment("");
        String onDevices = startExperiment("\"unitType\": \"anonymous\"");
        for (int i = 0; i < 20; i++) {
            String user = newUser();
            String device = newKey("device");
            String ids = "\"anonymous\": \"" + device + "\"";
            String before = evaluate(onDevices, user, ids).getString("variant");
            Optional<String> userBefore = variant(onUsers, user);
            send("{\"type\": \"identify\", \"userId\": \"" + user + "\", \"anonymousId\": \"" + device + "\"}");

            assertThat(evaluate(onDevices, user, ids).getString("variant")).isEqualTo(before);
            assertThat(evaluate(onUsers, user, ids).getString("variant")).isEqualTo(userBefore.orElseThrow());
        }
    }
}
