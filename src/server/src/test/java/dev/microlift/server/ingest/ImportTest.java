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
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
    void historyIsNotMovedByWhenItWasOnceSent() {
        imported("{\"type\": \"track\", \"event\": \"e\", \"userId\": \"u\", \"messageId\": \"" + id
                        + "\", \"timestamp\": \"2001-01-01T00:00:00Z\", \"sentAt\": \"2001-01-01T00:00:05Z\"}")
                .then()
                .statusCode(200);

        assertThat(stored("time_ms")).containsExactly("978307200000");
    }

    @Test
    void aByteOrderMarkBelongsToNoName() {
        String csv = "\ufeff\"event\",\"userId\",\"messageId\"\n\"e\",\"u\",\"" + id + "-csv\"\n";

        imported("\ufeff" + line("a")).then().statusCode(200).body("accepted", equalTo(1));
        lines(as(newKey("server")), csv.getBytes(UTF_8))
                .contentType("text/csv")
                .post("/v1/import")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1));
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

    @Test
    void aFileWithoutIdsMayBeSentAgain() {
        String file = "{\"type\": \"track\", \"event\": \"e\", \"userId\": \"" + id + "\"}\n"
                + "{\"type\": \"page\", \"userId\": \"" + id + "\"}\r\n";

        imported(file).then().statusCode(200).body("accepted", equalTo(2));
        imported(file.replace("\r", ""))
                .then()
                .statusCode(200)
                .body("accepted", equalTo(0))
                .body("duplicates", equalTo(2));
    }

    @Test
    void rowsOfATableAreMessagesToo() {
        String file = "messageId,event,userId,timestamp,properties.price\n" + id + "a,e,u,2001-01-01T00:00:00Z,9.50\n"
                + id + "b,e,,2001-01-01T00:00:00Z,1\n" + id + "c,e,u,,x\n";

        lines(as(newKey("server")), BodiesTest.gzip(file.getBytes(UTF_8)))
                .contentType("text/csv; charset=utf-8")
                .header("Content-Encoding", "gzip")
                .post("/v1/import")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(2))
                .body("rejects.line", contains(3))
                .body("rejects.code", contains("no-unit"));

        assertThat(stored("name, properties, late"))
                .containsExactlyInAnyOrder("e|{\"price\":9.50}|false", "e|{\"price\":\"x\"}|false");
    }

    @Test
    void aTableThatCannotBeReadIsAProblem() {
        lines(as(newKey("server")), "event,nothing\n".getBytes(UTF_8))
                .contentType("text/csv")
                .post("/v1/import")
                .then()
                .statusCode(400)
                .body("errors.code", contains("unknown-column"));
        lines(as(newKey("server")), "event,userId\ne,u\n\"e\"x,u\n".getBytes(UTF_8))
                .contentType("text/csv")
                .post("/v1/import")
                .then()
                .statusCode(400)
                .body("detail", containsString("after line 2"));
    }

    @Test
    void anImportShowsHowFarItIsWhileItRunsAndHowItEnded() throws Exception {
        PipedOutputStream sender = new PipedOutputStream();
        PipedInputStream body = new PipedInputStream(sender);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/v1/import?id=" + id))
                .header("X-API-Key", newKey("server"))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body))
                .build();
        CompletableFuture<HttpResponse<String>> answer =
                HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString());
        // Longer than the buffers of the client, so that the first lines are under way.
        sender.write((line("a") + "{\"x\": 1}\n".repeat(5_000)).getBytes(UTF_8));
        sender.flush();

        JsonPath running = statusOnce("lines > 100");
        assertThat(running.getString("state")).isEqualTo("running");
        assertThat(running.getLong("bytes")).isPositive();
        sender.close();
        assertThat(answer.get(60, TimeUnit.SECONDS).body()).contains("\"id\":\"" + id + "\"");

        JsonPath done = statusOnce("state == 'done'");
        assertThat(done.getLong("lines")).isEqualTo(5_001);
        assertThat(done.getLong("accepted")).isEqualTo(1);
        assertThat(done.getLong("rejected")).isEqualTo(5_000);
        assertThat(done.getString("finishedAt")).isNotNull();
    }

    /** Asks until a condition holds. */
    private JsonPath statusOnce(String condition) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(60)) {
            Response response = as(newKey("viewer")).get("/api/v1/imports");
            if (response.jsonPath().getBoolean("items.any { it.id == '" + id + "' && it." + condition + " }")) {
                return as(newKey("server")).get("/api/v1/imports/" + id).jsonPath();
            }
        }
        throw new AssertionError("never " + condition);
    }

    @Test
    void aFailedImportTellsWhy() {
        byte[] whole = BodiesTest.gzip(line("a").repeat(1000).getBytes(UTF_8));
        lines(as(newKey("server")), Arrays.copyOf(whole, whole.length - 9))
                .header("Content-Encoding", "gzip")
                .post("/v1/import?id=" + id)
                .then()
                .statusCode(400);

        as(newKey("viewer"))
                .get("/api/v1/imports/" + id)
                .then()
                .statusCode(200)
                .body("state", equalTo("failed"))
                .body("reason", containsString("not a whole gzip stream"));
        as(newKey("viewer")).get("/api/v1/imports/unknown").then().statusCode(404);
        lines(as(newKey("server")), new byte[0])
                .post("/v1/import?id=UPPER")
                .then()
                .statusCode(400);
    }
}
