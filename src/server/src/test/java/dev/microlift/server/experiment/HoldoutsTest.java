package dev.microlift.server.experiment;

import static dev.microlift.server.Evaluations.evaluate;
import static dev.microlift.server.Evaluations.outside;
import static dev.microlift.server.Evaluations.users;
import static dev.microlift.server.Samples.createExperiment;
import static dev.microlift.server.Samples.newKey;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test is on a unit type of its own: a holdout is about everything that starts while it is there. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class HoldoutsTest {

    private static final String PATH = "/api/v1/holdouts";
    private static final String EXPERIMENTS = "/api/v1/experiments/";

    private final String unitType = newKey("unit");

    private String holdout(String share, String more) {
        return "{\"key\": \"" + newKey("holdout") + "\", \"unitType\": \"" + unitType + "\", \"share\": " + share + more
                + "}";
    }

    private String create(String share, String more) {
        return sending(holdout(share, more))
                .post(PATH)
                .then()
                .statusCode(201)
                .extract()
                .path("key");
    }

    private String started(String more) {
        String key = createExperiment("\"unitType\": \"" + unitType + "\"" + more);
        asAdmin().post(EXPERIMENTS + key + "/start").then().statusCode(200);
        return key;
    }

    private void stop(String experiment) {
        asAdmin().post(EXPERIMENTS + experiment + "/stop").then().statusCode(200);
    }

    private JsonPath ask(String experiment, String unit) {
        return evaluate(experiment, "nobody", "\"" + unitType + "\": \"" + unit + "\"");
    }

    private List<String> heldOut(String experiment, int units) {
        return users(units).stream()
                .filter(unit -> "holdout".equals(ask(experiment, unit).getString("metadata.outside")))
                .toList();
    }

    private ValidatableResponse resize(String key, String from, String to) {
        String document = asAdmin().get(PATH + "/" + key).asString();
        return sending(document.replace("\"share\":" + from, "\"share\":" + to))
                .put(PATH + "/" + key)
                .then();
    }

    @Test
    void aHoldoutIsReadAsItWasCreated() {
        String key = create("0.05", ", \"name\": \"Untouched\"");

        asAdmin()
                .get(PATH + "/" + key)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("name", equalTo("Untouched"))
                .body("share", equalTo(0.05f))
                .body("layer", nullValue())
                .body("experiments", equalTo(List.of()));
        asAdmin().queryParam("limit", 1000).get(PATH).then().body("items.key", hasItem(key));
        asAdmin().delete(PATH + "/" + key).then().statusCode(204);
        asAdmin().get(PATH + "/" + key).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "-0.1", "7", "0.00001", "null", "\"0.1\""})
    void aShareThatIsNoneIsRefused(String share) {
        sending(holdout(share, "")).post(PATH).then().statusCode(400).body("errors.pointer", hasItem("/share"));
    }

    @Test
    void aHoldoutThatExistsIsNotCreatedAgain() {
        String document = holdout("0.1", "");

        sending(document).post(PATH).then().statusCode(201);
        sending(document).post(PATH).then().statusCode(409);
        sending(holdout("0.1", ", \"layer\": \"no-such-layer\""))
                .post(PATH)
                .then()
                .statusCode(400)
                .body("errors.code", hasItem("unknown-layer"));
    }

    @Test
    void unitsOfAHoldoutGetTheControlsValueInEveryExperiment() {
        create("0.5", "");
        String one = started("");
        String other = started("");
        List<String> heldOut = heldOut(one, 100);

        // Eight standard deviations of a half of 100.
        assertThat(heldOut).hasSizeBetween(10, 90).isEqualTo(heldOut(other, 100));
        JsonPath answer = ask(one, heldOut.get(0));
        assertThat(answer.getBoolean("value")).isFalse();
        assertThat(answer.getString("variant")).isNull();
        assertThat(answer.getString("reason")).isEqualTo("DEFAULT");
        assertThat(answer.getBoolean("metadata.inExperiment")).isFalse();
    }

    @Test
    void aHoldoutComesBeforeTheLayer() {
        String layer = newKey("layer");
        sending("{\"key\": \"" + layer + "\", \"unitType\": \"" + unitType + "\"}")
                .post("/api/v1/layers")
                .then()
                .statusCode(201);
        create("0.9999", "");
        String experiment = started(", \"traffic\": 0.01, \"layer\": \"" + layer + "\"");

        assertThat(ask(experiment, "unit-1").getString("metadata.outside")).isEqualTo("holdout");
    }

    @Test
    void aHoldoutOfALayerIsAboutTheLayersExperimentsAlone() {
        String layer = newKey("layer");
        sending("{\"key\": \"" + layer + "\", \"unitType\": \"" + unitType + "\"}")
                .post("/api/v1/layers")
                .then()
                .statusCode(201);
        String key = create("0.9999", ", \"layer\": \"" + layer + "\"");
        String inside = started(", \"layer\": \"" + layer + "\"");
        String elsewhere = started("");

        assertThat(heldOut(inside, 20)).hasSize(20);
        assertThat(heldOut(elsewhere, 20)).isEmpty();
        asAdmin().get(PATH + "/" + key).then().body("experiments", equalTo(List.of(inside)));
        asAdmin()
                .delete("/api/v1/layers/" + layer)
                .then()
                .statusCode(409)
                .body("detail", containsString("the holdout " + key));
    }

    @Test
    void aHoldoutIsAboutItsUnitTypeAlone() {
        create("0.9999", "");
        String onUsers = createExperiment("");
        asAdmin().post(EXPERIMENTS + onUsers + "/start").then().statusCode(200);

        assertThat(outside(onUsers, "u1")).isEmpty();
    }

    @Test
    void anExperimentThatRunsAlreadyIsLeftAlone() {
        String before = started("");
        create("0.9999", "");
        String after = started("");

        assertThat(heldOut(before, 20)).isEmpty();
        assertThat(heldOut(after, 20)).hasSize(20);
        asAdmin().get(EXPERIMENTS + before).then().body("holdouts", equalTo(List.of()));
    }

    @Test
    void whileAnExperimentOfItsIsLiveAHoldoutKeepsItsShareAndCannotBeDeleted() {
        String key = create("0.2", "");
        String experiment = started("");

        resize(key, "0.2", "0.3").statusCode(409).body("detail", containsString(experiment));
        asAdmin().delete(PATH + "/" + key).then().statusCode(409);
        stop(experiment);
        resize(key, "0.2", "0.3").statusCode(200).body("share", equalTo(0.3f)).header("ETag", "\"2\"");
        asAdmin().delete(PATH + "/" + key).then().statusCode(204);
    }
}
