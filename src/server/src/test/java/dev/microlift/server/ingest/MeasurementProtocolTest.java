package dev.microlift.server.ingest;

import static dev.microlift.server.TestServer.newKey;
import static dev.microlift.server.TestServer.sending;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;

import dev.microlift.server.TestServer;
import dev.microlift.server.eventstore.EventStore;
import dev.microlift.server.eventstore.Questions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class MeasurementProtocolTest {

    @Inject
    EventStore store;

    private final String client = UUID.randomUUID().toString();
    private String key;

    @BeforeEach
    void makeKey() {
        key = newKey("client");
    }

    private List<String> stored(String columns) {
        return Questions.ask(store, "select " + columns + " from events where anonymous_id = ? order by all", client);
    }

    private ValidatableResponse send(String route, String more) {
        return given().queryParam("measurement_id", "G-1")
                .queryParam("api_secret", key)
                .contentType("application/json")
                .body("{\"client_id\": \"" + client + "\", " + more + "}")
                .post(route)
                .then();
    }

    private ValidatableResponse collect(String more) {
        return send("/mp/collect", more);
    }

    @Test
    void anEventBecomesATrackEventWithItsParamsAsProperties() {
        collect("\"user_id\": \"u1\", \"events\": [{\"name\": \"purchase\","
                        + " \"params\": {\"value\": 39.90, \"currency\": \"EUR\", \"session_id\": \"s\"}}]")
                .statusCode(204)
                .body(emptyString());

        assertThat(stored("kind, name, user_id, properties"))
                .containsExactly("track|purchase|u1|{\"value\":39.90,\"currency\":\"EUR\",\"session_id\":\"s\"}");
    }

    @Test
    void aPageViewIsAPage() {
        collect("\"events\": [{\"name\": \"page_view\", \"params\": {\"page_location\": \"https://s.example/p/1?q=2\","
                        + " \"page_referrer\": \"https://r.example/\", \"page_title\": \"Shop\"}}]")
                .statusCode(204);

        assertThat(stored("kind, name, json_extract_string(properties, ['$.path', '$.url', '$.referrer', '$.title'])"))
                .containsExactly("page|page|[/p/1, 'https://s.example/p/1?q=2', 'https://r.example/', Shop]");
    }

    @Test
    void aPageHasItsPathHoweverItsAddressIsWritten() {
        collect("\"events\": [{\"name\": \"page_view\", \"params\": {\"page_location\":"
                        + " \"https://s.example/p/%31?f=a|b&g={c}\"}}]")
                .statusCode(204);

        assertThat(stored("json_extract_string(properties, '$.path')")).containsExactly("/p/%31");
    }

    @Test
    void anExposureIsAnEventToo() {
        collect("\"events\": [{\"name\": \"experiment_viewed\","
                        + " \"params\": {\"experiment_id\": \"ga-test\", \"variation_id\": \"red\"}}]")
                .statusCode(204);

        assertThat(stored("name")).containsExactly("Experiment Viewed");
    }

    @Test
    void timesAreMicrosecondsAndThoseOfAnEventGoFirst() {
        collect("\"timestamp_micros\": 1700000000123456, \"events\": [{\"name\": \"a\"},"
                        + " {\"name\": \"b\", \"timestamp_micros\": \"1700000001000000\"}]")
                .statusCode(204);

        assertThat(stored("name, time_ms")).containsExactly("a|1700000000123", "b|1700000001000");
    }

    @Test
    void eventsThatNameTheirIdAreCountedOnce() {
        String event = "\"events\": [{\"name\": \"e\", \"params\": {\"event_id\": \"" + UUID.randomUUID() + "\"}}]";
        collect(event).statusCode(204);
        collect(event).statusCode(204);
        assertThat(stored("count(*)")).containsExactly("1");

        collect("\"events\": [{\"name\": \"e\"}, {\"name\": \"e\"}]").statusCode(204);
        assertThat(stored("count(*)")).containsExactly("3");
    }

    @Test
    void aGoodNeighbourOfABadEventIsStored() {
        collect("\"events\": [{\"name\": 7}, 7, {\"name\": \"good\"}, {\"name\": \"x\", \"params\": []},"
                        + " {\"name\": \"y\", \"timestamp_micros\": 9223372036854775807},"
                        + " {\"name\": \"z\", \"timestamp_micros\": \"soon\"}]")
                .statusCode(204);

        assertThat(stored("name")).containsExactly("good");
    }

    @Test
    void mistakesOfTheWholeRequestAreProblems() {
        collect("\"events\": [").statusCode(400).body("success", equalTo(false));
        collect("\"events\": 7").statusCode(400).body("errors.pointer", contains("/events"));
        collect("\"events\": [" + "{\"name\": \"e\"},".repeat(25) + "{\"name\": \"e\"}]")
                .statusCode(413);
        given().queryParam("api_secret", key)
                .contentType("application/json")
                .body("{\"events\": []}")
                .post("/mp/collect")
                .then()
                .statusCode(400)
                .body("detail", containsString("measurement_id"));
        key = "wrong";
        collect("\"events\": []").statusCode(401).body("success", equalTo(false));
        key = newKey("viewer");
        collect("\"events\": []").statusCode(403);
    }

    @Test
    void theDebugAddressTellsMistakesAndStoresNothing() {
        send("/debug/mp/collect", "\"events\": [{\"name\": \"good\"}]")
                .statusCode(200)
                .body("validationMessages", empty());
        send("/debug/mp/collect", "\"events\": [{\"params\": {}}, {\"name\": \"e\", \"params\": {\"value\": 1e999}}]")
                .statusCode(200)
                .body("validationMessages.fieldPath", contains("events[0].name", "events[1].params.value"))
                .body("validationMessages.validationCode", contains("VALUE_REQUIRED", "VALUE_OUT_OF_BOUNDS"));

        assertThat(stored("count(*)")).containsExactly("0");
    }

    @Test
    void aBatchMayBeCheckedWithoutStoringIt() {
        String body = "{\"batch\": [{\"type\": \"track\", \"event\": \"e\", \"anonymousId\": \"" + client
                + "\", \"messageId\": \"" + client + "\"}, {\"type\": \"track\"}]}";

        for (int i = 0; i < 2; i++) {
            sending(body)
                    .post("/v1/batch?dryRun=true")
                    .then()
                    .statusCode(200)
                    .body("dryRun", equalTo(true))
                    .body("accepted", equalTo(1))
                    .body("rejected.code", contains("no-unit"));
        }
        assertThat(stored("count(*)")).containsExactly("0");
        sending(body).post("/v1/batch").then().statusCode(200).body("dryRun", equalTo(null));
        sending(body).post("/v1/batch?dryRun=maybe").then().statusCode(400);
        sending(body).post("/v1/b?dryRun=true").then().statusCode(200).body("dryRun", equalTo(true));
    }
}
