package dev.microlift.server.ingest;

import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.microlift.server.TestServer;
import dev.microlift.server.eventstore.Questions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class SingleMessageRoutesTest extends OneMessage {

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
