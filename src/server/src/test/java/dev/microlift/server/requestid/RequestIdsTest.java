package dev.microlift.server.requestid;

import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import dev.microlift.server.LogLines;
import dev.microlift.server.Samples;
import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class RequestIdsTest {

    private static final String MADE = "[0-9a-f]{16}";

    @Test
    void theCallersIdComesBack() {
        asAdmin()
                .header("X-Request-Id", "trace-7.a_B")
                .get("/api/v1/journeys")
                .then()
                .statusCode(200)
                .header("X-Request-Id", "trace-7.a_B");
    }

    @Test
    void withoutOneTheAnswerHasANewOne() {
        String first = asAdmin().get("/api/v1/journeys").header("X-Request-Id");

        assertThat(first).matches(MADE);
        assertThat(asAdmin().get("/api/v1/journeys").header("X-Request-Id")).isNotEqualTo(first);
        given().get("/q/health/live").then().header("X-Request-Id", matchesPattern(MADE));
    }

    @Test
    void hotRoutesHaveOneToo() {
        sending("{\"batch\": []}").post("/v1/batch").then().header("X-Request-Id", matchesPattern(MADE));
        sending("{\"context\": {\"targetingKey\": \"u\"}}")
                .header("X-Request-Id", "hot")
                .post("/ofrep/v1/evaluate/flags")
                .then()
                .statusCode(200)
                .header("X-Request-Id", "hot");
    }

    @Test
    void whatIsToldOfAnErrorNamesTheRequest() {
        given().header("X-Request-Id", "who")
                .get("/api/v1/journeys")
                .then()
                .statusCode(401)
                .header("X-Request-Id", "who")
                .body("requestId", equalTo("who"));
        asAdmin()
                .header("X-Request-Id", "nul")
                .urlEncodingEnabled(false)
                .get("/api/v1/journeys/a%00b")
                .then()
                .statusCode(400)
                .body("requestId", equalTo("nul"));
        asAdmin()
                .header("X-Request-Id", "bad id\"")
                .get("/api/v1/journeys/no-such-journey")
                .then()
                .statusCode(404)
                .body("requestId", matchesPattern(MADE));
    }

    @Test
    void pagesMayReadIt() {
        asAdmin()
                .header("Origin", "https://shop.example")
                .get("/api/v1/journeys")
                .then()
                .header("Access-Control-Expose-Headers", containsString("X-Request-Id"));
    }

    @Test
    void everyLineOfTheLogNamesItsRequest() {
        String journey = Samples.createJourney();
        try (LogLines lines = LogLines.ofStatements()) {
            for (String id : new String[] {"line-1", "line-2"}) {
                asAdmin()
                        .header("X-Request-Id", id)
                        .get("/api/v1/journeys/" + journey)
                        .then()
                        .statusCode(200);
            }
            assertThat(lines.all("requestId")).contains("line-1", "line-2");
        }
    }
}
