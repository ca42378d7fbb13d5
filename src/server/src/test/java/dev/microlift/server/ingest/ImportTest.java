package dev.microlift.server.ingest;

import static dev.microlift.server.TestServer.as;
import static dev.microlift.server.TestServer.newKey;
import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.microlift.server.TestServer;
import dev.microlift.server.eventstore.EventStore;
import dev.microlift.server.eventstore.Questions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class ImportTest {

    @Inject
    EventStore store;

    private final String id = UUID.randomUUID().toString();

    private List<String> stored(String columns) {
        return Questions.ask(store, "select " + columns + " from events where starts_with(message_id, ?)", id);
    }

    private String line(String suffix) {
        return "{\"type\": \"track\", \"event\": \"e\", \"userId\": \"u\", \"messageId\": \"" + id + suffix + "\"}\n";
    }

    /** A request with lines; left alone, the client would claim another charset than UTF-8. */
    private static RequestSpecification lines(RequestSpecification request, byte[] body) {
        return request.config(RestAssured.config()
                        .encoderConfig(encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .contentType("application/x-ndjson")
                .body(body);
    }

    private static Response imported(String key, byte[] body) {
        return lines(as(key), body).post("/v1/import");
    }

    private static Response imported(String body) {
        return imported(newKey("server"), body.getBytes(UTF_8));
    }

    @Test
    void goodLinesAreStoredAndBadOnesToldWithTheirNumbers() {
        imported(line("a") + "\n{broken\n" + line("b") + "{\"type\": \"track\"}\n" + line("a") + "[] []\n" + line("c"))
                .then()
                .statusCode(200)
                .body("accepted", equalTo(3))
                .body("duplicates", equalTo(1))
                .body("rejected", equalTo(3))
                .body("rejects.line", contains(3, 5, 7))
                .body("rejects.code", contains("malformed-json", "no-unit", "malformed-json"));

        assertThat(stored("count(*)")).containsExactly("3");
    }

    @Test
    void aSecondImportOfTheSameLinesStoresNothing() {
        imported(line("a") + line("b")).then().statusCode(200).body("accepted", equalTo(2));
        imported(line("a") + line("b"))
                .then()
                .statusCode(200)
                .body("accepted", equalTo(0))
                .body("duplicates", equalTo(2));

        assertThat(stored("count(*)")).containsExactly("2");
    }

    @Test
    void historyKeepsItsTimesAndIsNotLate() {
        imported("{\"type\": \"track\", \"event\": \"e\", \"userId\": \"u\", \"messageId\": \"" + id
                        + "\", \"timestamp\": \"2001-01-01T00:00:00Z\"}")
                .then()
                .statusCode(200);

        assertThat(stored("time_ms, late")).containsExactly("978307200000|false");
    }

    @Test
    void manyChunksAreStoredWholeAndCompressedOnesToo() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 25_000; i++) {
            lines.append(line("-" + i));
        }

        lines(as(newKey("server")), BodiesTest.gzip(lines.toString().getBytes(UTF_8)))
                .header("Content-Encoding", "gzip")
                .post("/v1/import")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(25_000))
                .body("rejects", empty());

        assertThat(stored("count(*), count(distinct message_id)")).containsExactly("25000|25000");
    }

    @Test
    void onlyTheFirstHundredRejectsAreTold() {
        imported("x\n".repeat(150))
                .then()
                .statusCode(200)
                .body("rejected", equalTo(150))
                .body("rejects", hasSize(100));
    }

    @Test
    void longAndDeepLinesAreRejectedAlone() {
        imported("{\"x\": \"" + "x".repeat(Limits.MESSAGE_BYTES) + "\"}\n" + "[".repeat(17) + "]".repeat(17) + "\n"
                        + line("a"))
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1))
                .body("rejects.code", contains("too-large", "too-large"));
    }

    @Test
    void anEmptyImportIsFine() {
        imported("").then().statusCode(200).body("accepted", equalTo(0)).body("rejected", equalTo(0));
    }

    @Test
    void onlyKeysThatMayImportDo() {
        byte[] body = line("a").getBytes(UTF_8);

        for (String role : new String[] {"client", "viewer", "editor"}) {
            assertThat(imported(newKey(role), body).statusCode()).isEqualTo(403);
        }
        assertThat(imported("mls_unknown", body).statusCode()).isEqualTo(401);
        lines(given(), body).post("/v1/import").then().statusCode(401).body("success", equalTo(false));
        assertThat(imported(newKey("server"), body).statusCode()).isEqualTo(200);
    }

    @Test
    void aBrokenStreamIsToldWithWhatIsStoredForCertain() {
        byte[] whole = BodiesTest.gzip(line("a").repeat(1000).getBytes(UTF_8));

        lines(as(newKey("server")), Arrays.copyOf(whole, whole.length - 9))
                .header("Content-Encoding", "gzip")
                .post("/v1/import")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("at least 0 messages are stored"));
    }
}
