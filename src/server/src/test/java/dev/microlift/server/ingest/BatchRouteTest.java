package dev.microlift.server.ingest;

import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class BatchRouteTest extends OneMessage {

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
    void anEmptyBatchIsFine() {
        sending("{\"batch\": []}").post("/v1/batch").then().statusCode(200).body("accepted", equalTo(0));
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
}
