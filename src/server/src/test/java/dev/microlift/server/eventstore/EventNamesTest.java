package dev.microlift.server.eventstore;

import static dev.microlift.server.TestServer.as;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.newKey;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

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
class EventNamesTest {

    private final String name = "Event " + UUID.randomUUID();

    private static void track(String event, String properties) {
        sending("{\"event\": \"" + event + "\", \"userId\": \"u1\", \"timestamp\": \"2026-03-01T08:00:00.000Z\","
                        + " \"properties\": " + properties + "}")
                .post("/v1/track")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1));
    }

    @Test
    void aNameIsListedWithItsPropertiesAsSoonAsItWasAcknowledged() {
        track(name, "{\"price\": 5, \"sku\": \"a\"}");
        track(name, "{\"price\": 6}");

        String found = "items.find { it.name == '" + name + "' }";
        asAdmin()
                .queryParam("limit", 1000)
                .get("/api/v1/events/names")
                .then()
                .statusCode(200)
                .body(found + ".kind", equalTo("track"))
                .body(found + ".count", equalTo(2))
                .body(found + ".firstSeen", equalTo("2026-03-01T08:00:00.000Z"))
                .body(found + ".lastSeen", equalTo("2026-03-01T08:00:00.000Z"))
                .body(found + ".properties.name", equalTo(List.of("price", "sku")))
                .body(found + ".properties.count", equalTo(List.of(2, 1)));
    }

    @Test
    void theListIsHandedOutInPagesThatMissNothing() {
        for (String ending : List.of("c", "a", "b:1", "🎉")) {
            track(name + ending, "{}");
        }

        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            Response page = cursor == null
                    ? asAdmin().queryParam("limit", 1).get("/api/v1/events/names")
                    : asAdmin()
                            .queryParam("limit", 1)
                            .queryParam("cursor", cursor)
                            .get("/api/v1/events/names");
            String found = page.path("items[0].name");
            if (found.startsWith(name)) {
                seen.add(found.substring(name.length()));
            }
            cursor = page.path("nextCursor");
        } while (cursor != null);

        assertThat(seen).containsExactly("a", "b:1", "c", "🎉");
    }

    @Test
    void onlyWhoMayReadSeesThem() {
        as(newKey("viewer")).get("/api/v1/events/names").then().statusCode(200);
        as(newKey("client")).get("/api/v1/events/names").then().statusCode(403);
        as("unknown").get("/api/v1/events/names").then().statusCode(401);
    }
}
