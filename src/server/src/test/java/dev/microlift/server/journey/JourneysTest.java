package dev.microlift.server.journey;

import static dev.microlift.server.Samples.createExperiment;
import static dev.microlift.server.Samples.createJourney;
import static dev.microlift.server.Samples.journey;
import static dev.microlift.server.Samples.newKey;
import static dev.microlift.server.TestServer.as;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class JourneysTest {

    @Test
    void aJourneyIsReadAsItWasCreatedWithDefaultsFilledIn() {
        String key = newKey("journey");
        sending(journey(key))
                .post("/api/v1/journeys")
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", containsString("/api/v1/journeys/" + key));

        asAdmin()
                .get("/api/v1/journeys/" + key)
                .then()
                .statusCode(200)
                .body("version", equalTo(1))
                .body("steps.key", equalTo(java.util.List.of("search", "view", "cart")))
                .body("steps[2].where[0].op", equalTo("gte"))
                .body("steps[2].where[0].value", equalTo(10))
                .body("steps[0].name", equalTo("search"))
                .body("goal.value", equalTo("revenue"))
                .body(
                        "createdAt",
                        org.hamcrest.Matchers.matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
    }

    @Test
    void everyFeatureOfAStepSurvivesTheRoundTrip() {
        String key = newKey("journey");
        String document = """
                {"key": "%s", "steps": [
                  {"key": "dwell", "event": "Page Read", "optional": true, "window": "PT30M",
                   "where": [{"property": "path", "op": "startsWith", "value": "/p/"},
                             {"property": "tags", "op": "in", "value": ["a", 1, true]}],
                   "atLeast": {"sum": "seconds", "value": 30}},
                  {"key": "cart", "anyOf": [{"event": "Added"}, {"event": "Wished", "where": [
                    {"property": "sku", "op": "matches", "value": "^A[0-9]+$"}]}], "atLeast": {"count": 2}}],
                 "goal": {"key": "purchase", "event": "Order Completed"}}""".formatted(key);
        sending(document).post("/api/v1/journeys").then().statusCode(201);

        String read = asAdmin().get("/api/v1/journeys/" + key).asString();
        sending(read)
                .put("/api/v1/journeys/" + key)
                .then()
                .statusCode(200)
                .body("version", equalTo(1))
                .body("steps[0].atLeast.sum", equalTo("seconds"))
                .body("steps[0].window", equalTo("PT30M"))
                .body("steps[0].optional", equalTo(true))
                .body("steps[1].anyOf", hasSize(2))
                .body("steps[1].atLeast.count", equalTo(2));
    }

    @Test
    void aChangeMakesANewVersion() {
        String key = createJourney();

        sending(journey(key).replace("Shop purchase", "Renamed"))
                .put("/api/v1/journeys/" + key)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("name", equalTo("Renamed"));
    }

    @Test
    void aChangeBoundToAnOldVersionIsRefused() {
        String key = createJourney();

        sending(journey(key).replace("Shop", "Other"))
                .header("If-Match", "\"7\"")
                .put("/api/v1/journeys/" + key)
                .then()
                .statusCode(412)
                .body("type", equalTo("urn:microlift:problem:precondition-failed"));
        sending(journey(key).replace("Shop", "Other"))
                .header("If-Match", "\"1\"")
                .put("/api/v1/journeys/" + key)
                .then()
                .statusCode(200);
    }

    @Test
    void creatingWhatExistsIsAConflict() {
        String key = createJourney();

        sending(journey(key)).post("/api/v1/journeys").then().statusCode(409);
    }

    @Test
    void allFaultsOfABodyAreReportedAtOnceWithTheirPlaces() {
        sending("""
                        {"key": "Not A Key", "colour": "red",
                         "steps": [{"key": "a", "event": "E", "atLeast": {"count": 0}},
                                   {"key": "b", "where": [{"property": "p", "op": "almost", "value": 1}]},
                                   {"key": "c", "event": "E", "where": [{"property": "p", "op": "matches", "value": "("}]},
                                   7]}""")
                .post("/api/v1/journeys")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body(
                        "errors.pointer",
                        containsInAnyOrder(
                                "/key",
                                "/colour",
                                "/steps/0/atLeast/count",
                                "/steps/1/event",
                                "/steps/1/where/0/op",
                                "/steps/2/where/0/value",
                                "/steps/3",
                                "/goal"));
    }

    @Test
    void twoStepsOfOneKeyAreRefused() {
        sending(journey(newKey("journey")).replace("\"view\"", "\"search\""))
                .post("/api/v1/journeys")
                .then()
                .statusCode(400)
                .body("errors.code", hasItem("duplicate-key"));
    }

    @Test
    void aJourneyInUseCannotBeDeletedAndAFreeOneCan() {
        String free = createJourney();
        asAdmin().delete("/api/v1/journeys/" + free).then().statusCode(204);
        asAdmin().get("/api/v1/journeys/" + free).then().statusCode(404);

        String experiment = createExperiment("");
        String used = asAdmin().get("/api/v1/experiments/" + experiment).path("journeys[0]");
        asAdmin().delete("/api/v1/journeys/" + used).then().statusCode(409).body("detail", containsString(experiment));
    }

    @Test
    void viewersReadAndEditorsWrite() {
        String key = createJourney();
        String viewer = TestServer.newKey("viewer");
        String editor = TestServer.newKey("editor");

        as(viewer).get("/api/v1/journeys/" + key).then().statusCode(200);
        as(viewer).delete("/api/v1/journeys/" + key).then().statusCode(403);
        as(TestServer.newKey("client")).get("/api/v1/journeys").then().statusCode(403);
        as(editor).delete("/api/v1/journeys/" + key).then().statusCode(204);
    }
}
