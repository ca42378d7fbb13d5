package dev.microlift.server.ingest;

import static dev.microlift.server.TestServer.as;
import static dev.microlift.server.TestServer.newKey;
import static dev.microlift.server.TestServer.sending;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Whose messages the tracking routes take. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class TrackingSendersTest extends OneMessage {

    @Test
    void theKeyComesInAnyOfFourWays() {
        String key = newKey("client");
        String basic = "Basic " + Base64.getEncoder().encodeToString((key + ":").getBytes(UTF_8));

        json(track()).header("Authorization", basic).post("/v1/track").then().statusCode(200);
        json(track())
                .header("Authorization", "Bearer " + key)
                .post("/v1/track")
                .then()
                .statusCode(200);
        json(track()).header("X-API-Key", key).post("/v1/track").then().statusCode(200);
        json("{\"event\": \"e\", \"userId\": \"u\", \"writeKey\": \"" + key + "\"}")
                .post("/v1/t")
                .then()
                .statusCode(200);
        json("{\"batch\": [], \"writeKey\": \"" + key + "\"}")
                .post("/v1/b")
                .then()
                .statusCode(200);
    }

    @Test
    void withoutAGoodKeyNothingIsStored() {
        json(track()).post("/v1/track").then().statusCode(401).body("success", equalTo(false));
        json(track())
                .header("X-API-Key", "mlc_unknown")
                .post("/v1/track")
                .then()
                .statusCode(401);
        json("{\"batch\": [" + track() + "], \"writeKey\": \"mlc_unknown\"}")
                .post("/v1/batch")
                .then()
                .statusCode(401);
        json("{\"batch\": [" + track() + "], \"writeKey\": 7}")
                .post("/v1/batch")
                .then()
                .statusCode(401);

        assertThat(stored("count(*)")).containsExactly("0");
    }

    @Test
    void strangersAreToldSoWhateverTheySendAndOthersWhatIsWrong() {
        for (String body : new String[] {"{", "[]", "{}", "{\"batch\": 7}"}) {
            json(body).post("/v1/batch").then().statusCode(401);
            json(body)
                    .header("X-API-Key", newKey("client"))
                    .post("/v1/batch")
                    .then()
                    .statusCode(400);
        }
        json("{\"writeKey\": \"" + newKey("client") + "\"}")
                .post("/v1/batch")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/batch"));
    }

    @Test
    void aWrongKeyInAHeaderIsNotMadeGoodByOneInTheBody() {
        json("{\"batch\": [], \"writeKey\": \"" + newKey("client") + "\"}")
                .header("X-API-Key", "mlc_unknown")
                .post("/v1/batch")
                .then()
                .statusCode(401);
    }

    @Test
    void rolesThatDoNotTrackAreForbidden() {
        for (String role : new String[] {"viewer", "editor"}) {
            String key = newKey(role);
            as(key).contentType("application/json")
                    .body(track())
                    .post("/v1/track")
                    .then()
                    .statusCode(403);
            json("{\"batch\": [], \"writeKey\": \"" + key + "\"}")
                    .post("/v1/b")
                    .then()
                    .statusCode(403);
        }
    }

    @Test
    void aClientKeyTracksFromItsOriginsOnly() {
        String key = sending("{\"name\": \"w\", \"role\": \"client\", \"origins\": [\"https://shop.example\"]}")
                .post("/api/v1/keys")
                .path("key");
        String body = "{\"batch\": [], \"writeKey\": \"" + key + "\"}";

        json(body).header("Origin", "https://shop.example").post("/v1/b").then().statusCode(200);
        json(body).header("Origin", "https://evil.example").post("/v1/b").then().statusCode(403);
        json(body)
                .header("X-API-Key", key)
                .header("Origin", "https://evil.example")
                .post("/v1/b")
                .then()
                .statusCode(403);
    }
}
