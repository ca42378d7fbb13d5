package dev.microlift.server.ingest;

import static dev.microlift.server.TestServer.newKey;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.TestServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class BotRoutesTest {

    @Inject
    MeterRegistry meters;

    private double marked() {
        return meters.get("microlift.ingest.bots").counter().count();
    }

    private static void send(String role, String route, String body) {
        String key = newKey(role);
        given().contentType("application/json")
                .header("User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")
                .header("X-API-Key", key)
                .body(body)
                .post(route)
                .then()
                .statusCode(route.startsWith("/mp") ? 204 : 200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/track|{\"event\": \"e\", \"userId\": \"u\"}",
                "/v1/batch|{\"batch\": [{\"type\": \"page\", \"userId\": \"u\"}]}",
                "/track|[{\"event_name\": \"e\", \"user_id\": \"u\"}]",
                "/mp/collect?measurement_id=G|{\"client_id\": \"a\", \"events\": [{\"name\": \"e\"}]}"
            })
    void everyProtocolMarksRobotsUnderClientKeysOnly(String route, String body) {
        double before = marked();

        send("client", route, body);
        assertThat(marked()).isEqualTo(before + 1);
        send("server", route, body);
        assertThat(marked()).isEqualTo(before + 1);
    }
}
