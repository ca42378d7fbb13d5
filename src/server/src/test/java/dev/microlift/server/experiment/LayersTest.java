package dev.microlift.server.experiment;

import static dev.microlift.server.Evaluations.outside;
import static dev.microlift.server.Evaluations.users;
import static dev.microlift.server.Evaluations.variant;
import static dev.microlift.server.Samples.createExperiment;
import static dev.microlift.server.Samples.createJourney;
import static dev.microlift.server.Samples.experiment;
import static dev.microlift.server.Samples.newKey;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class LayersTest {

    private static final String PATH = "/api/v1/layers";
    private static final String EXPERIMENTS = "/api/v1/experiments/";

    private static String createLayer(String more) {
        String key = newKey("layer");
        sending("{\"key\": \"" + key + "\"" + more + "}").post(PATH).then().statusCode(201);
        return key;
    }

    private static String inLayer(String layer, double traffic) {
        return createExperiment("\"layer\": \"" + layer + "\", \"traffic\": " + traffic);
    }

    private static ValidatableResponse move(String experiment, String move) {
        return asAdmin().post(EXPERIMENTS + experiment + "/" + move).then();
    }

    private static String started(String layer, double traffic) {
        String key = inLayer(layer, traffic);
        move(key, "start").statusCode(200);
        return key;
    }

    private static ValidatableResponse grow(String experiment, String from, String to) {
        String document = asAdmin().get(EXPERIMENTS + experiment).asString();
        return sending(document.replace("\"traffic\":" + from, "\"traffic\":" + to))
                .put(EXPERIMENTS + experiment)
                .then();
    }

    private static Map<String, Optional<String>> variants(String experiment, List<String> users) {
        return users.stream().collect(Collectors.toMap(user -> user, user -> variant(experiment, user)));
    }

    @Test
    void aLayerIsReadAsItWasCreatedAndIsFreeAtFirst() {
        String key = createLayer(", \"name\": \"Checkout\", \"unitType\": \"account\"");

        asAdmin()
                .get(PATH + "/" + key)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("name", equalTo("Checkout"))
                .body("unitType", equalTo("account"))
                .body("taken", hasSize(0))
                .body("free[0].from", equalTo(0.0f))
                .body("free[0].to", equalTo(1.0f));
        asAdmin().queryParam("limit", 1000).get(PATH).then().body("items.key", hasItem(key));
    }

    @Test
    void aLayerThatExistsIsNotCreatedAgain() {
        String key = createLayer("");

        sending("{\"key\": \"" + key + "\"}").post(PATH).then().statusCode(409);
        sending("{\"key\": \"Bad Key\", \"colour\": 1}")
                .post(PATH)
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/key"))
                .body("errors.pointer", hasItem("/colour"));
        asAdmin().get(PATH + "/no-such-layer").then().statusCode(404);
    }

    @Test
    void aChangeIsBoundToTheVersionThatWasRead() {
        String key = createLayer("");
        String named = "{\"key\": \"" + key + "\", \"name\": \"new\"}";

        sending(named).header("If-Match", "\"7\"").put(PATH + "/" + key).then().statusCode(412);
        sending(named)
                .header("If-Match", "\"1\"")
                .put(PATH + "/" + key)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("name", equalTo("new"));
        asAdmin().header("If-Match", "\"1\"").delete(PATH + "/" + key).then().statusCode(412);
        asAdmin().delete(PATH + "/" + key).then().statusCode(204);
        asAdmin().get(PATH + "/" + key).then().statusCode(404);
    }

    @Test
    void aLayerInUseCanNeitherBeDeletedNorGetAnotherUnitType() {
        String layer = createLayer("");
        String experiment = inLayer(layer, 0.1);

        asAdmin()
                .delete(PATH + "/" + layer)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:microlift:problem:in-use"))
                .body("detail", containsString(experiment));
        sending("{\"key\": \"" + layer + "\", \"unitType\": \"account\"}")
                .put(PATH + "/" + layer)
                .then()
                .statusCode(409);
    }

    @Test
    void anExperimentMustBeOnTheLayersUnitType() {
        String layer = createLayer(", \"unitType\": \"account\"");

        sending(experiment(newKey("experiment"), createJourney(), "\"layer\": \"" + layer + "\""))
                .post("/api/v1/experiments")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/unitType"))
                .body("errors.code", hasItem("unit-type-mismatch"));
        sending(experiment(newKey("experiment"), createJourney(), "\"layer\": \"no-such-layer\""))
                .post("/api/v1/experiments")
                .then()
                .statusCode(400)
                .body("errors.code", hasItem("unknown-layer"));
    }

    @Test
    void aShareOfALayerThatIsTooNarrowIsRefused() {
        String layer = createLayer("");

        sending(experiment(newKey("experiment"), createJourney(), "\"traffic\": 0.001, \"layer\": \"" + layer + "\""))
                .post("/api/v1/experiments")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/traffic"));
    }

    @Test
    void experimentsOfALayerOwnNeighbouringRangesFromStartToStop() {
        String layer = createLayer("");
        String first = inLayer(layer, 0.3);
        move(first, "start")
                .statusCode(200)
                .body("layerRange.from", equalTo(0.0f))
                .body("layerRange.to", equalTo(0.3f));
        String second = started(layer, 0.5);

        move(first, "pause").statusCode(200);
        asAdmin()
                .get(PATH + "/" + layer)
                .then()
                .body("taken.experiment", equalTo(List.of(first, second)))
                .body("taken[1].from", equalTo(0.3f))
                .body("free[0].from", equalTo(0.8f));
        move(first, "stop").statusCode(200).body("layerRange", nullValue());
        asAdmin().get(PATH + "/" + layer).then().body("taken.experiment", equalTo(List.of(second)));
    }

    @Test
    void aStartWithoutRoomSaysWhoOwnsWhat() {
        String layer = createLayer("");
        String owner = started(layer, 0.7);
        String late = inLayer(layer, 0.4);

        move(late, "start")
                .statusCode(409)
                .body("type", equalTo("urn:microlift:problem:in-use"))
                .body(
                        "detail",
                        allOf(
                                containsString(owner + " owns 0.0 to 0.7"),
                                containsString("the largest free range is 0.7 to 1.0, a share of 0.3")));
        asAdmin().get(EXPERIMENTS + late).then().body("status", equalTo("draft"));
        move(owner, "stop").statusCode(200);
        move(late, "start").statusCode(200);
    }

    @Test
    void noUnitIsInTwoExperimentsOfALayerAndAllOfARangeTakePart() {
        String layer = createLayer("");
        String left = started(layer, 0.5);
        String right = started(layer, 0.5);
        int inLeft = 0;
        for (String user : users(150)) {
            Optional<String> inLayer = variant(left, user);
            assertThat(inLayer.isPresent()).isNotEqualTo(variant(right, user).isPresent());
            assertThat(outside(inLayer.isPresent() ? right : left, user)).contains("layer");
            inLeft += inLayer.isPresent() ? 1 : 0;
        }

        // Eight standard deviations of a half of 150.
        assertThat(inLeft).isBetween(26, 124);
    }

    @Test
    void trafficGrowsIntoFreeNeighboursAndMovesNobody() {
        String layer = createLayer("");
        String experiment = started(layer, 0.3);
        Map<String, Optional<String>> before = variants(experiment, users(100));

        grow(experiment, "0.3", "0.6").statusCode(200).body("layerRange.to", equalTo(0.6f));

        Map<String, Optional<String>> after = variants(experiment, users(100));
        before.forEach((user, variant) ->
                variant.ifPresent(had -> assertThat(after.get(user)).as(user).contains(had)));
        assertThat(after.values().stream().filter(Optional::isPresent).count())
                .isGreaterThan(
                        before.values().stream().filter(Optional::isPresent).count());
    }

    @Test
    void trafficDoesNotGrowIntoWhatOthersOwn() {
        String layer = createLayer("");
        String experiment = started(layer, 0.3);
        String neighbour = started(layer, 0.3);

        grow(experiment, "0.3", "0.4")
                .statusCode(409)
                .body("detail", allOf(containsString("around what the experiment has"), containsString(neighbour)));
        grow(neighbour, "0.3", "0.7").statusCode(200).body("layerRange.to", equalTo(1.0f));
    }

    @Test
    void unitsOfAFreedRangeAreSplitAnew() {
        String layer = createLayer("");
        String first = started(layer, 1);
        List<String> users = users(120);
        Map<String, Optional<String>> before = variants(first, users);
        move(first, "stop").statusCode(200);
        Map<String, Optional<String>> after = variants(started(layer, 1), users);
        List<String> kept = new ArrayList<>(users);
        kept.removeIf(user -> !Objects.equals(before.get(user), after.get(user)));

        // Independent splits agree for one half of the units; eight standard deviations of it.
        assertThat(kept.size()).isBetween(16, 104);
    }

    @Test
    void theExpectedSharesOfAnExperimentInALayerAreThoseOfItsWeights() {
        String experiment = started(createLayer(""), 0.25);

        asAdmin()
                .get(EXPERIMENTS + experiment + "/report")
                .then()
                .statusCode(200)
                .body("population.perVariant.weight", equalTo(List.of(0.5f, 0.5f)));
    }

    @Test
    void theLayerOfAStartedExperimentCannotChange() {
        String layer = createLayer("");
        String experiment = started(layer, 0.2);
        String document = asAdmin().get(EXPERIMENTS + experiment).asString();

        sending(document.replace("\"layer\":\"" + layer + "\"", "\"layer\":null"))
                .put(EXPERIMENTS + experiment)
                .then()
                .statusCode(409)
                .body("detail", containsString("layer cannot change"));
    }
}
