package dev.microlift.server.ingest;

import static dev.microlift.server.TestServer.as;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.newKey;
import static dev.microlift.server.TestServer.sending;
import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.microlift.server.TestServer;
import dev.microlift.server.eventstore.EventStore;
import dev.microlift.server.eventstore.Questions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class TrackingRoutesTest {

    @Inject
    EventStore store;

    private final String id = UUID.randomUUID().toString();

    private List<String> stored(String columns) {
        return Questions.ask(store, "select " + columns + " from events where message_id = ?", id);
    }

    private String track() {
        return "{\"type\": \"track\", \"event\": \"e\", \"userId\": \"u1\", \"messageId\": \"" + id + "\"}";
    }

    private static RequestSpecification json(String body) {
        return given().contentType("application/json").body(body);
    }

    @ParameterizedTest
    @CsvSource({
        "track, track, e",
        "t, track, e",
        "page, page, page",
        "p, page, page",
        "screen, screen, screen",
        "s, screen, screen",
        "identify, identify, identify",
        "i, identify, identify",
        "alias, alias, alias",
        "a, alias, alias",
        "group, group, group",
        "g, group, group"
    })
    void everySingleRouteStoresItsKindOfMessage(String route, String kind, String name) {
        sending("{\"event\": \"e\", \"userId\": \"u1\", \"messageId\": \"" + id + "\"}")
                .post("/v1/" + route)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("success", equalTo(true))
                .body("accepted", equalTo(1))
                .body("duplicates", equalTo(0))
                .body("rejected", empty());

        assertThat(stored("kind, name, user_id")).containsExactly(kind + "|" + name + "|u1");
    }

    @Test
    void theTypeOfAMessageGoesBeforeThatOfItsRoute() {
        sending("{\"type\": \"page\", \"userId\": \"u1\", \"messageId\": \"" + id + "\"}")
                .post("/v1/track")
                .then()
                .statusCode(200);

        assertThat(stored("kind")).containsExactly("page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch", "b", "import"})
    void aBatchStoresTheGoodMessagesAndTellsTheBadOnes(String route) {
        sending("{\"batch\": [" + track() + ", {\"type\": \"track\", \"event\": \"e\", \"userId\": \"null\","
                        + " \"messageId\": \"bad\"}, 7, " + track() + "]}")
                .post("/v1/" + route)
                .then()
                .statusCode(200)
                .body("success", equalTo(true))
                .body("accepted", equalTo(1))
                .body("duplicates", equalTo(1))
                .body("rejected.index", contains(1, 2))
                .body("rejected.messageId", contains("bad", null))
                .body("rejected.code", contains("placeholder-id", "wrong-type"));

        assertThat(stored("user_id")).containsExactly("u1");
    }

    @Test
    void aRepeatedMessageIsADuplicateAndStoredOnce() {
        sending(track()).post("/v1/track").then().statusCode(200).body("accepted", equalTo(1));
        sending(track())
                .post("/v1/track")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(0))
                .body("duplicates", equalTo(1));

        assertThat(stored("count(*)")).containsExactly("1");
    }

    @Test
    void anEmptyBatchIsFine() {
        sending("{\"batch\": []}").post("/v1/batch").then().statusCode(200).body("accepted", equalTo(0));
    }

    @Test
    void aBadSingleMessageIsABadRequestThatNamesThePlace() {
        sending("{\"event\": \"e\", \"userId\": \"undefined\"}")
                .post("/v1/track")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("success", equalTo(false))
                .body("errors.pointer", contains("/userId"))
                .body("errors.code", contains("placeholder-id"));
    }

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

    @Test
    void plainTextAndABodyWithoutAContentTypeAreReadAsJson() {
        asAdmin()
                .contentType("text/plain;charset=UTF-8")
                .body(track().getBytes(UTF_8))
                .post("/v1/t")
                .then()
                .statusCode(200);

        assertThat(stored("count(*)")).containsExactly("1");
    }

    @Test
    void otherContentTypesAndEncodingsAreNotServed() {
        asAdmin()
                .contentType("application/xml")
                .body("<x/>")
                .post("/v1/track")
                .then()
                .statusCode(415)
                .contentType("application/problem+json")
                .body("success", equalTo(false));
        asAdmin()
                .contentType("application/x-ndjson")
                .body(track().getBytes(UTF_8))
                .post("/v1/track")
                .then()
                .statusCode(415);
        sending(track())
                .header("Content-Encoding", "br")
                .post("/v1/track")
                .then()
                .statusCode(415);
    }

    @Test
    void aCompressedBodyIsRead() {
        asAdmin()
                .contentType("application/json")
                .header("Content-Encoding", "gzip")
                .body(BodiesTest.gzip(track().getBytes(UTF_8)))
                .post("/v1/track")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1));
    }

    @Test
    void malformedBodiesAreRefusedWholeWithAProblem() {
        for (String body : new String[] {
            "", "{", "{\"batch\": [" + track() + "]} x", "{\"batch\": [{\"a\": 1, \"a\": 2}, " + track() + "]}"
        }) {
            sending(body)
                    .post("/v1/batch")
                    .then()
                    .statusCode(400)
                    .body("type", containsString("malformed-json"))
                    .body("success", equalTo(false));
        }
        assertThat(stored("count(*)")).containsExactly("0");
    }

    @Test
    void timesAreCorrectedByTheClockOfTheServer() {
        sending("{\"sentAt\": \"2001-01-01T00:01:00Z\", \"batch\": [{\"type\": \"track\", \"event\": \"e\","
                        + " \"userId\": \"u\", \"messageId\": \"" + id
                        + "\", \"timestamp\": \"2001-01-01T00:00:00Z\"}]}")
                .post("/v1/batch")
                .then()
                .statusCode(200);

        assertThat(stored("received_ms - time_ms, late, clamped")).containsExactly("60000|false|false");
    }

    @Test
    void oldMessagesAreLateAndMessagesFromTheFutureAreClamped() {
        sending("{\"event\": \"e\", \"userId\": \"u\", \"messageId\": \"" + id
                        + "\", \"timestamp\": \"2001-01-01T00:00:00+01:00\"}")
                .post("/v1/track")
                .then()
                .statusCode(200);
        assertThat(stored("time_ms, late, clamped")).containsExactly("978303600000|true|false");

        String future = UUID.randomUUID().toString();
        sending("{\"event\": \"e\", \"userId\": \"u\", \"messageId\": \"" + future
                        + "\", \"timestamp\": \"2999-01-01T00:00:00Z\"}")
                .post("/v1/track")
                .then()
                .statusCode(200);
        assertThat(Questions.ask(
                        store, "select time_ms = received_ms, late, clamped from events where message_id = ?", future))
                .containsExactly("true|false|true");
    }

    @Test
    void otherMethodsAreNotAllowed() {
        asAdmin().get("/v1/track").then().statusCode(405).body("success", equalTo(false));
    }

    @Test
    void compressedJsonIsTakenUnderTheNameThatRudderStackGivesIt() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(("{\"batch\": [" + track() + "]}").getBytes(UTF_8));
        }

        asAdmin()
                .config(RestAssured.config()
                        .encoderConfig(encoderConfig()
                                .encodeContentTypeAs("application/x-www-form-urlencoded", ContentType.TEXT)
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .contentType("application/x-www-form-urlencoded")
                .header("Content-Encoding", "gzip")
                .body(compressed.toByteArray())
                .post("/v1/batch")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1));
    }

    @Test
    void anotherMessageUnderAKnownIdIsReportedAndTheFirstIsKept() {
        sending("{\"event\": \"first\", \"userId\": \"u1\", \"messageId\": \"" + id + "\"}")
                .post("/v1/track")
                .then()
                .body("accepted", equalTo(1));

        sending("{\"event\": \"second\", \"userId\": \"u1\", \"messageId\": \"" + id + "\"}")
                .post("/v1/track")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(0))
                .body("duplicates", equalTo(0))
                .body("rejected[0].code", equalTo("id-conflict"))
                .body("rejected[0].messageId", equalTo(id));

        assertThat(stored("name")).containsExactly("first");
    }

    @Test
    void readinessTellsOfWriterAndLoaderAndMetricsOfTheMessages() {
        sending(track()).post("/v1/track").then().statusCode(200);

        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'event log' }.data.writer", equalTo("writing"))
                .body("checks.find { it.name == 'event store' }.data.loader", equalTo("loading"));
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("microlift_ingest_accepted_total"))
                .body(containsString("microlift_log_queue"))
                .body(containsString("microlift_loader_lag_messages"))
                .body(containsString("microlift_ingest_acknowledge_seconds"));
    }
}
