package dev.microlift.server.eventstore;

import static dev.microlift.server.TestServer.as;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.newKey;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class ExposuresTest {

    private final String experiment = "exp-" + UUID.randomUUID();

    private void expose(String unit, String variant, String time) {
        sending("{\"event\": \"Experiment Viewed\", " + unit + ", \"timestamp\": \"" + time
                        + "\", \"properties\": {\"experiment_id\": \"" + experiment + "\", \"variation_id\": \""
                        + variant + "\"}}")
                .post("/v1/track")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1));
    }

    @Test
    void exposuresOfAnUnknownExperimentAreListedWithTheirUnitsAndTimes() {
        expose("\"userId\": \"u1\"", "red", "2026-03-02T08:00:00.000Z");
        expose("\"userId\": \"u1\"", "red", "2026-03-01T08:00:00.000Z");
        expose("\"anonymousId\": \"u1\"", "red", "2026-03-03T08:00:00.000Z");
        expose("\"userId\": \"u2\"", "blue:0", "2026-03-03T08:00:00.000Z");

        String red = "items.find { it.experiment == '" + experiment + "' && it.variant == 'red' }";
        String blue = "items.find { it.experiment == '" + experiment + "' && it.variant == 'blue:0' }";
        asAdmin()
                .queryParam("limit", 1000)
                .get("/api/v1/exposures")
                .then()
                .statusCode(200)
                .body(red + ".exposures", equalTo(3))
                .body(red + ".units", equalTo(2))
                .body(red + ".firstSeen", equalTo("2026-03-01T08:00:00.000Z"))
                .body(red + ".lastSeen", equalTo("2026-03-03T08:00:00.000Z"))
                .body(blue + ".exposures", equalTo(1));
    }

    @Test
    void theListIsHandedOutInPagesThatMissNothing() {
        for (String variant : List.of("c", "a", "b:1", "🎉")) {
            expose("\"userId\": \"u1\"", variant, "2026-03-02T08:00:00.000Z");
        }

        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            Response page = cursor == null
                    ? asAdmin().queryParam("limit", 1).get("/api/v1/exposures")
                    : asAdmin()
                            .queryParam("limit", 1)
                            .queryParam("cursor", cursor)
                            .get("/api/v1/exposures");
            if (experiment.equals(page.path("items[0].experiment"))) {
                seen.add(page.path("items[0].variant"));
            }
            cursor = page.path("nextCursor");
        } while (cursor != null);

        assertThat(seen).containsExactly("a", "b:1", "c", "🎉");
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        asAdmin()
                .queryParam("cursor", "YWJj")
                .get("/api/v1/exposures")
                .then()
                .statusCode(400)
                .body("errors", nullValue());
    }

    @Test
    void onlyWhoMayReadSeesThem() {
        as(newKey("viewer")).get("/api/v1/exposures").then().statusCode(200);
        as(newKey("client")).get("/api/v1/exposures").then().statusCode(403);
        as("unknown").get("/api/v1/exposures").then().statusCode(401);
    }
}
