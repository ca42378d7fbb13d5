package dev.microlift.server.reject;

import static dev.microlift.server.TestServer.as;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.newKey;
import static dev.microlift.server.TestServer.sending;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class RejectsTest {

    @Inject
    Rejects rejects;

    private ValidatableResponse newest(String code) {
        rejects.write();
        return asAdmin()
                .queryParam("code", code)
                .queryParam("limit", 1)
                .get("/api/v1/rejects")
                .then()
                .statusCode(200);
    }

    private static Reject reject(String code) {
        return new Reject(Instant.parse("2026-05-20T12:00:00Z"), code, "", "detail", "/v1/batch", "key", "message");
    }

    @Test
    void aDeveloperFindsWhyAMessageIsMissing() {
        String key = newKey("client");
        as(key).contentType("application/json")
                .body("{\"batch\": [{\"type\": \"page\", \"userId\": \"u\"}, {\"type\": \"track\", \"event\": \"e\","
                        + " \"userId\": \"null\", \"messageId\": \"m\"}]}")
                .post("/v1/batch")
                .then()
                .statusCode(200);

        newest("placeholder-id")
                .body("items[0].pointer", equalTo("/userId"))
                .body("items[0].detail", containsString("no id"))
                .body("items[0].route", equalTo("/v1/batch"))
                .body("items[0].keyId", equalTo(key.split("_")[1]))
                .body(
                        "items[0].message",
                        equalTo("{\"type\": \"track\", \"event\": \"e\", \"userId\": \"null\", \"messageId\": \"m\"}"));
    }

    @Test
    void bodiesThatAreRefusedWholeAreShown() {
        sending("{\"batch\": [malformed-body").post("/v1/batch").then().statusCode(400);
        newest("malformed-json").body("items[0].message", equalTo("{\"batch\": [malformed-body"));

        asAdmin()
                .contentType("application/json")
                .body("[\"wide\"" + " ".repeat(600_000) + "]")
                .post("/v1/batch")
                .then()
                .statusCode(413);
        newest("too-large").body("items[0].message", containsString("[\"wide\""));

        asAdmin()
                .contentType("application/xml")
                .body("<x/>")
                .post("/v1/track")
                .then()
                .statusCode(415);
        newest("unsupported-media-type").body("items[0].route", equalTo("/v1/track"));
    }

    @Test
    void theKeyInABodyIsMasked() {
        String key = newKey("client");
        given().contentType("text/plain;charset=UTF-8")
                .body(("{\"writeKey\": \"" + key + "\", \"userId\": \"u\"}").getBytes(UTF_8))
                .post("/v1/track")
                .then()
                .statusCode(400);

        newest("missing-event").body("items[0].message", equalTo("{\"writeKey\": \"***\", \"userId\": \"u\"}"));
    }

    @Test
    void strangersLeaveNothing() {
        given().contentType("application/json")
                .body("{\"batch\": [stranger")
                .post("/v1/batch")
                .then()
                .statusCode(401);
        rejects.write();

        asAdmin()
                .queryParam("limit", 1000)
                .get("/api/v1/rejects")
                .then()
                .body("items.findAll { it.message.contains('stranger') }", hasSize(0));
    }

    @Test
    void pagesFollowEachOtherFromTheNewestOn() {
        for (int i = 0; i < 5; i++) {
            rejects.note(() -> reject("paged"));
        }
        rejects.write();

        Set<Object> seen = new HashSet<>();
        String cursor = null;
        do {
            var page = (cursor == null ? asAdmin() : asAdmin().queryParam("cursor", cursor))
                    .queryParam("code", "paged")
                    .queryParam("limit", 2)
                    .get("/api/v1/rejects")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            List<Object> ids = page.getList("items.id");
            assertThat(seen).doesNotContainAnyElementsOf(ids);
            seen.addAll(ids);
            cursor = page.getString("nextCursor");
        } while (cursor != null);
        assertThat(seen).hasSize(5);
    }

    @Test
    void aFloodIsDroppedAndCountedAndOnlyTheNewestAreKept() {
        double droppedBefore = rejects.dropped();
        for (int i = 0; i < 30_000; i++) {
            rejects.note(() -> reject("flood"));
            if (i % 2_000 == 0) {
                rejects.write();
            }
        }
        rejects.write();

        assertThat(rejects.dropped()).isGreaterThan(droppedBefore + 10_000);
        assertThat(rejects.count()).isLessThanOrEqualTo(10_000);
    }

    @Test
    void wrongParametersAreNamed() {
        asAdmin().queryParam("cursor", "eA").get("/api/v1/rejects").then().statusCode(400);
        asAdmin().queryParam("limit", "0").get("/api/v1/rejects").then().statusCode(400);
        as(newKey("client")).get("/api/v1/rejects").then().statusCode(403);
    }
}
