package dev.microlift.server.evaluation;

import static dev.microlift.server.Samples.startExperiment;
import static dev.microlift.server.TestServer.as;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.newKey;
import static dev.microlift.server.TestServer.sending;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.microlift.server.TestServer;
import dev.microlift.server.stream.EventReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class OfrepEventsTest {

    private static String address(String key) {
        return as(key).contentType("application/json")
                .body("{\"context\": {\"targetingKey\": \"u1\"}}")
                .post("/ofrep/v1/evaluate/flags")
                .then()
                .statusCode(200)
                .body("eventStreams[0].type", equalTo("sse"))
                .body("eventStreams[0].endpoint.requestUri", startsWith("/ofrep/v1/events?token="))
                .extract()
                .path("eventStreams[0].endpoint.requestUri");
    }

    @Test
    void aStreamTellsOfAChangedConfiguration() throws Exception {
        try (EventReader events = EventReader.open(address(newKey("client")))) {
            assertThat(events.status()).isEqualTo(200);
            assertThat(events.header("Content-Type")).startsWith("text/event-stream");
            startExperiment("");

            String id = events.await("id:");
            events.await("event:message");
            JsonPath data = JsonPath.from(events.await("data:"));
            assertThat(data.getString("type")).isEqualTo("refetchEvaluation");
            assertThat(data.getString("etag")).isEqualTo('"' + id.trim() + '"');
            assertThat(data.getLong("lastModified")).isPositive();
        }
    }

    @Test
    void whoWasAwayWhileItChangedIsToldOnConnecting() throws Exception {
        try (EventReader events = EventReader.open(address(newKey("client")), "Last-Event-ID", "1")) {
            events.await("event:message");
        }
    }

    @Test
    void theStreamOfARevokedKeyEndsAndItsTokenOpensNoOther() throws Exception {
        String key = newKey("client");
        String address = address(key);
        try (EventReader events = EventReader.open(address)) {
            asAdmin().delete("/api/v1/keys/" + key.split("_")[1]).then().statusCode(200);

            events.awaitEnd();
        }
        given().urlEncodingEnabled(false).get(address).then().statusCode(401);
    }

    @Test
    void aForgedTokenIsRefusedInTheLanguageOfTheProtocol() {
        String address = address(newKey("client"));

        given().urlEncodingEnabled(false)
                .get(address.substring(0, address.length() - 2) + "~~")
                .then()
                .statusCode(401)
                .contentType("application/json")
                .body("errorCode", equalTo("GENERAL"))
                .body("errorDetails", containsString("token"));
    }

    @Test
    void aTokenWorksFromTheKeysOriginsOnlyAndOpensNothingElse() {
        String key = sending("{\"name\": \"web\", \"role\": \"client\", \"origins\": [\"https://shop.example\"]}")
                .post("/api/v1/keys")
                .path("key");
        String address = address(key);

        given().urlEncodingEnabled(false)
                .header("Origin", "https://evil.example")
                .get(address)
                .then()
                .statusCode(403);
        as(address.substring(address.indexOf('=') + 1))
                .contentType("application/json")
                .body("{}")
                .post("/ofrep/v1/evaluate/flags")
                .then()
                .statusCode(401);
    }

    @Test
    void moreStreamsThanANodeKeepsAreRefusedForAWhileAndRoomIsUsedAgain() throws Exception {
        String address = address(newKey("client"));
        List<EventReader> open = new ArrayList<>();
        EventReader refused = EventReader.open(address);
        while (refused.status() == 200 && open.size() <= TestServer.MOST_STREAMS) {
            open.add(refused);
            refused = EventReader.open(address);
        }

        assertThat(refused.status()).isEqualTo(503);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
        refused.await("{\"errorCode\":\"GENERAL\"");
        open.forEach(EventReader::close);
        long giveUp = System.nanoTime() + 60_000_000_000L;
        int status = 503;
        while (status == 503 && System.nanoTime() < giveUp) {
            try (EventReader again = EventReader.open(address)) {
                status = again.status();
            }
        }
        assertThat(status).isEqualTo(200);
    }
}
