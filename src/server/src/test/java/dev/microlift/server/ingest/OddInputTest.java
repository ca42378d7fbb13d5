package dev.microlift.server.ingest;

import static dev.microlift.server.TestServer.newKey;
import static dev.microlift.server.TestServer.sending;
import static io.restassured.RestAssured.given;
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
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a message: it is stored as it is or rejected by name, and its good neighbours are always stored. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class OddInputTest {

    @Inject
    EventStore store;

    private final String id = UUID.randomUUID().toString();

    private List<String> stored(String columns) {
        return Questions.ask(store, "select " + columns + " from events where starts_with(message_id, ?)", id);
    }

    private String good(String suffix) {
        return "{\"type\": \"track\", \"event\": \"good\", \"userId\": \"u\", \"messageId\": \"" + id + suffix + "\"}";
    }

    /** Sends a message between two good ones, which must be stored. */
    private ValidatableResponse between(String message) {
        ValidatableResponse answer = sending("{\"batch\": [" + good("-1") + ", " + message + ", " + good("-2") + "]}")
                .post("/v1/batch")
                .then()
                .statusCode(200);
        assertThat(stored("name")).filteredOn("good"::equals).hasSize(2);
        return answer;
    }

    private String message(String more) {
        return "{\"type\": \"track\", \"event\": \"odd\", \"messageId\": \"" + id + "-odd\", " + more + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"\"|placeholder-id",
                "\"a\\u0000b\"|invalid-text",
                "\"\\ud800\"|invalid-text",
                "1.5|wrong-type",
                "true|wrong-type",
                "[]|wrong-type",
                "{}|wrong-type",
                "null|no-unit"
            })
    void anIdThatIsNoneIsRejectedAlone(String userId, String code) {
        between(message("\"userId\": " + userId)).body("accepted", equalTo(2)).body("rejected.code", contains(code));
    }

    @Test
    void anIdBeyondItsLimitIsTooLargeWhereItStandsAlone() {
        sending("{\"event\": \"e\", \"userId\": \"" + "x".repeat(257) + "\"}")
                .post("/v1/track")
                .then()
                .statusCode(413)
                .body("errors.pointer", contains("/userId"))
                .body("errors.code", contains("unit-id-too-long"));
    }

    @Test
    void anIdOf257BytesIsRejectedAloneAndOneOf256IsTaken() {
        between(message("\"userId\": \"" + "x".repeat(257) + "\"")).body("rejected.code", contains("unit-id-too-long"));
        between("{\"type\": \"track\", \"event\": \"e\", \"userId\": \"u\", \"messageId\": \"" + "x".repeat(257)
                        + "\"}")
                .body("rejected.code", contains("message-id-too-long"));
        between(message("\"userId\": \"" + "x".repeat(256) + "\"")).body("rejected", empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__proto__",
                "constructor",
                "\u202eright\u202c to left\u200f",
                "a\u0301",
                "🎉",
                "'; drop table events; --"
            })
    void idsNamesAndPropertiesThatOnlyLookOddAreStoredAsTheyAre(String text) {
        between(message("\"userId\": \"" + text + "\", \"properties\": {\"" + text + "\": \"" + text + "\"}"))
                .body("rejected", empty());

        assertThat(stored("case when name = 'odd' then user_id || '|' || properties end"))
                .contains(text + "|{\"" + text + "\":\"" + text + "\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1716206400",
                "1716206400000",
                "9223372036854775808",
                "\"0000-01-01T00:00:00Z\"",
                "\"yesterday\"",
                "\"\"",
                "true",
                "[]"
            })
    void aTimeThatIsNoneIsRejectedAlone(String time) {
        between(message("\"userId\": \"u\", \"timestamp\": " + time)).body("rejected.code", contains("invalid-time"));
    }

    @Test
    void theYear9999IsFarAheadAndClamped() {
        between(message("\"userId\": \"u\", \"timestamp\": \"9999-12-31T23:59:59.999Z\""))
                .body("rejected", empty());

        assertThat(stored("case when name = 'odd' then clamped end")).contains("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999", "-1e999", "1e-999"})
    void aNumberOutOfRangeIsRejectedAlone(String number) {
        between(message("\"userId\": \"u\", \"properties\": {\"value\": " + number + "}"))
                .body("rejected.code", contains("number-out-of-range"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0", "9007199254740993", "1.0", "0.1", "18446744073709551616"})
    void otherNumbersKeepTheirDigits(String number) {
        between(message("\"userId\": \"u\", \"properties\": {\"value\": " + number + "}"))
                .body("rejected", empty());

        assertThat(stored("case when name = 'odd' then properties end")).contains("{\"value\":" + number + "}");
    }

    @Test
    void negativeZeroIsZero() {
        between(message("\"userId\": \"u\", \"properties\": {\"value\": -0.0}")).body("rejected", empty());

        assertThat(stored("case when name = 'odd' then properties end")).contains("{\"value\":0.0}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "01", "+1", "0x10", "1e9999999999999999999"})
    void whatIsNoNumberOfJsonIsNoJson(String number) {
        sending("{\"batch\": [" + good("-1") + ", "
                        + message("\"userId\": \"u\", \"properties\": {\"value\": " + number) + "}}]}")
                .post("/v1/batch")
                .then()
                .statusCode(400)
                .body("type", containsString("malformed-json"));
    }

    @Test
    void aMessageOf33KilobytesIsRejectedAlone() {
        between(message("\"userId\": \"u\", \"properties\": {\"x\": \"" + "x".repeat(33_000) + "\"}"))
                .body("rejected.index", contains(1))
                .body("rejected.code", contains("too-large"));
    }

    @Test
    void theOtherProtocolsKeepTheSameLimits() {
        String key = newKey("client");
        byte[] bomb = BodiesTest.gzip(new byte[50_000_000]);
        for (String address :
                List.of("/track?client_key=" + key, "/mp/collect?measurement_id=G-1&api_secret=" + key, "/v1/batch")) {
            given().contentType("application/json")
                    .header("X-API-Key", key)
                    .header("Content-Encoding", "gzip")
                    .body(bomb)
                    .post(address)
                    .then()
                    .statusCode(413);
            given().contentType("application/json")
                    .header("X-API-Key", key)
                    .header("Content-Encoding", "gzip")
                    .body("plain".getBytes(UTF_8))
                    .post(address)
                    .then()
                    .statusCode(400);
        }
        sending("[" + "{},".repeat(2_500) + "{}]").post("/track").then().statusCode(413);
    }

    @Test
    void aBodyThatComesInPiecesIsReadToItsEnd() throws IOException {
        byte[] body = ("{\"batch\": [" + good("") + "]}").getBytes(UTF_8);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(30_000);
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v1/batch HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-API-Key: "
                            + TestServer.ADMIN_KEY + "\r\nContent-Type: application/json\r\nContent-Length: "
                            + body.length + "\r\n\r\n")
                    .getBytes(UTF_8));
            for (byte piece : body) {
                out.write(piece);
                out.flush();
            }
            InputStream in = socket.getInputStream();

            assertThat(new String(in.readAllBytes(), UTF_8)).startsWith("HTTP/1.1 200");
        }
        assertThat(stored("name")).containsExactly("good");
    }

    @Test
    void metricsHaveTheNamesAndBucketsThatDashboardsAskFor() {
        between(message("\"userId\": \"null\""));

        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("microlift_ingest_accepted_total"))
                .body(containsString("microlift_ingest_duplicates_total"))
                .body(containsString("microlift_ingest_rejected_total{code=\"placeholder-id\"}"))
                .body(containsString("microlift_ingest_bytes_total"))
                .body(containsString("microlift_ingest_bots_total"))
                .body(containsString("microlift_ingest_batch_size_messages_bucket"))
                .body(containsString("microlift_ingest_acknowledge_seconds_bucket"))
                .body(containsString("microlift_rejects_dropped_total"));
    }
}
