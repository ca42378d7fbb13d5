package dev.microlift.server.audit;

import static dev.microlift.server.TestServer.as;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.newKey;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.microlift.server.Samples;
import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class AuditLogTest {

    /** Refusals are written just after the answer; a loaded machine takes its time. */
    private static final Duration BOUND = Duration.ofMinutes(1);

    private static JsonPath entries(String object) {
        return asAdmin()
                .queryParam("object", object)
                .get("/api/v1/audit")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** The entries about an object, once there are as many. */
    private static JsonPath entries(String object, int expected) {
        long deadline = System.nanoTime() + BOUND.toNanos();
        JsonPath found = entries(object);
        while (found.getList("items").size() < expected && System.nanoTime() < deadline) {
            found = entries(object);
        }
        assertThat(found.getList("items")).hasSize(expected);
        return found;
    }

    @Test
    void aChangeIsToldWithWhoAndWhatAndTheDocumentBeforeAndAfter() {
        String editor = newKey("editor");
        String key = Samples.createJourney();
        String changed = Samples.journey(key).replace("Shop purchase", "Another name");

        as(editor)
                .contentType("application/json")
                .header("X-Request-Id", "request-7")
                .body(changed)
                .put("/api/v1/journeys/" + key)
                .then()
                .statusCode(200);

        JsonPath entry = entries("journey/" + key);
        assertThat(entry.getString("items[0].action")).isEqualTo("replace");
        assertThat(entry.getString("items[0].outcome")).isEqualTo("done");
        assertThat(entry.getString("items[0].requestId")).isEqualTo("request-7");
        assertThat(entry.getMap("items[0].actor"))
                .isEqualTo(Map.of("kind", "key", "id", editor.split("_")[1], "name", "test"));
        assertThat(entry.getString("items[0].before.name")).isEqualTo("Shop purchase");
        assertThat(entry.getString("items[0].after.name")).isEqualTo("Another name");
    }

    @Test
    void everyStepOfAnExperimentsLifeLeavesAnEntryTheNewestFirst() {
        String key = Samples.startExperiment("");
        for (String step : List.of("variants/treatment/mute", "variants/treatment/unmute", "pause", "resume", "stop")) {
            asAdmin().post("/api/v1/experiments/" + key + "/" + step).then().statusCode(200);
        }
        asAdmin().post("/api/v1/experiments/" + key + "/archive").then().statusCode(200);
        asAdmin().delete("/api/v1/experiments/" + key).then().statusCode(204);

        JsonPath entries = entries("experiment/" + key);

        assertThat(entries.getList("items.action"))
                .containsExactly("delete", "archive", "stop", "resume", "pause", "unmute", "mute", "start", "create");
        assertThat(entries.getString("items[0].before.status")).isEqualTo("archived");
        assertThat(entries.<Object>get("items[0].after")).isNull();
        assertThat(entries.<Object>get("items[8].before")).isNull();
        assertThat(entries.getString("items[7].before.status")).isEqualTo("draft");
        assertThat(entries.getString("items[7].after.status")).isEqualTo("running");
    }

    @Test
    void layersHoldoutsAndKeysLeaveEntriesUnderTheirOwnKind() {
        String key = Samples.newKey("audited");
        sending("{\"key\": \"" + key + "\"}").post("/api/v1/layers").then().statusCode(201);
        sending("{\"key\": \"" + key + "\", \"share\": 0.05, \"layer\": \"" + key + "\"}")
                .post("/api/v1/holdouts")
                .then()
                .statusCode(201);
        String id = newKey("viewer").split("_")[1];
        asAdmin().delete("/api/v1/keys/" + id).then().statusCode(200);

        assertThat(entries("layer/" + key).getString("items[0].after.key")).isEqualTo(key);
        assertThat(entries("holdout/" + key).getFloat("items[0].after.share")).isEqualTo(0.05f);
        assertThat(entries("key/" + id).getList("items.action")).containsExactly("delete", "create");
    }

    @Test
    void aRotationIsToldOfBothKeysAndShowsNeither() {
        String old = newKey("viewer");
        String oldId = old.split("_")[1];
        String successor = asAdmin().post("/api/v1/keys/" + oldId + "/rotate").path("key");
        String successorId = successor.split("_")[1];

        JsonPath rotated = entries("key/" + oldId);
        JsonPath made = entries("key/" + successorId);

        assertThat(rotated.getString("items[0].action")).isEqualTo("rotate");
        assertThat(rotated.getString("items[0].after.replacedBy")).isEqualTo(successorId);
        assertThat(made.getString("items[0].action")).isEqualTo("create");
        assertThat(rotated.prettify() + made.prettify())
                .doesNotContain(old.split("_")[2])
                .doesNotContain(successor.split("_")[2]);
    }

    @Test
    void anAttemptThatIsRefusedIsToldWithItsReasonAndChangesNothing() {
        String key = Samples.createJourney();
        String viewer = newKey("viewer");

        as(viewer).delete("/api/v1/journeys/" + key).then().statusCode(403);
        asAdmin()
                .header("If-Match", "\"7\"")
                .delete("/api/v1/journeys/" + key)
                .then()
                .statusCode(412);

        JsonPath entries = entries("journey/" + key, 3);
        assertThat(entries.getList("items.outcome")).containsExactlyInAnyOrder("refused", "refused", "done");
        assertThat(entries.getList("items.findAll { it.outcome == 'refused' }.error"))
                .containsExactlyInAnyOrder("forbidden", "precondition-failed");
        assertThat(entries.getString("items.find { it.error == 'forbidden' }.actor.id"))
                .isEqualTo(viewer.split("_")[1]);
    }

    @Test
    void aFaultyDocumentIsAnAttemptToo() {
        String editor = newKey("editor");

        as(editor)
                .contentType("application/json")
                .body("{")
                .post("/api/v1/experiments")
                .then()
                .statusCode(400);

        long deadline = System.nanoTime() + BOUND.toNanos();
        List<String> errors = List.of();
        while (errors.isEmpty() && System.nanoTime() < deadline) {
            errors = asAdmin()
                    .queryParam("actor", editor.split("_")[1])
                    .get("/api/v1/audit")
                    .jsonPath()
                    .getList("items.error");
        }
        assertThat(errors).containsExactly("malformed-json");
    }

    @Test
    void theListIsHandedOutInPagesAndByTime() {
        String key = Samples.startExperiment("");
        JsonPath first = asAdmin()
                .queryParam("object", "experiment/" + key)
                .queryParam("limit", 1)
                .get("/api/v1/audit")
                .jsonPath();
        assertThat(first.getList("items.action")).containsExactly("start");

        asAdmin()
                .queryParam("object", "experiment/" + key)
                .queryParam("cursor", first.getString("nextCursor"))
                .get("/api/v1/audit")
                .then()
                .body("items.action", equalTo(List.of("create")));
        asAdmin()
                .queryParam("object", "experiment/" + key)
                .queryParam("to", first.getString("items[0].at"))
                .get("/api/v1/audit")
                .then()
                .body("items.action.contains('start')", equalTo(false));
        asAdmin()
                .queryParam("object", "experiment/" + key)
                .queryParam("from", "2001-01-01T00:00:00Z")
                .queryParam("to", "2001-01-02T00:00:00Z")
                .get("/api/v1/audit")
                .then()
                .body("items", equalTo(List.of()));
    }

    @Test
    void aWrongTimeIsRefusedByName() {
        asAdmin()
                .queryParam("from", "yesterday")
                .get("/api/v1/audit")
                .then()
                .statusCode(400)
                .body("detail", startsWith("from"));
    }

    @Test
    void theExportHasEveryEntryOnALineOfItsOwn() {
        String key = Samples.startExperiment("");

        String lines = asAdmin()
                .accept("application/x-ndjson")
                .queryParam("object", "experiment/" + key)
                .get("/api/v1/audit")
                .then()
                .statusCode(200)
                .contentType("application/x-ndjson")
                .extract()
                .asString();

        assertThat(lines.lines().map(line -> JsonPath.from(line).getString("action")))
                .containsExactly("start", "create");
    }

    @Test
    void onlyAdminsReadIt() {
        as(newKey("editor")).get("/api/v1/audit").then().statusCode(403);
    }
}
