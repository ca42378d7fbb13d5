package dev.microlift.server.ingest;

import static dev.microlift.server.TestServer.newKey;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.server.TestServer;
import dev.microlift.server.eventstore.EventStore;
import dev.microlift.server.eventstore.Questions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Bodies as the tracking plugin of GrowthBook's JavaScript SDK makes them: {@code getEventPayload} in
 * packages/sdk-js/src/plugins/growthbook-tracking.ts of growthbook/growthbook, with the properties that
 * {@code onExperimentViewed} in packages/sdk-js/src/core.ts gives it ({@code variationId} is the variation's key, not its
 * index) and the attributes of its auto-attributes plugin.
 */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class GrowthBookEventsTest {

    private static final String EVENT = """
            {"event_name": "%s", "properties_json": %s, "user_id": %s, "device_id": %s, "session_id": null,
             "page_title": "Shop", "sdk_language": "js", "sdk_version": "1.6.5", "url": "https://shop.example/p/1",
             "context_json": {"url": "https://shop.example/p/1", "path": "/p/1", "host": "shop.example", "query": "",
              "browser": "chrome", "deviceType": "mobile", "utmSource": "mail", "account": "acme"}}""";

    private static final String EXPOSURE = """
            {"experimentId": "checkout-button", "variationId": "treatment", "hashAttribute": "%s", "hashValue": "%s"}""";

    @Inject
    EventStore store;

    private final String device = UUID.randomUUID().toString();

    private List<String> stored(String columns) {
        return Questions.ask(store, "select " + columns + " from events where anonymous_id = ? order by name", device);
    }

    private String event(String name, String properties) {
        return EVENT.formatted(name, properties, "null", "\"" + device + "\"");
    }

    private static ValidatableResponse track(String key, String body) {
        return given().queryParam("client_key", key)
                .header("Origin", "https://shop.example")
                .accept("application/json")
                .contentType("text/plain;charset=UTF-8")
                .body(body.getBytes(UTF_8))
                .post("/track")
                .then();
    }

    @Test
    void anExposureNamesExperimentAndVariationAndFreezesTheAttributes() {
        track(newKey("client"), "[" + event("Experiment Viewed", EXPOSURE.formatted("id", device)) + "]")
                .statusCode(200)
                .body("accepted", equalTo(1));

        assertThat(stored(
                        "name, json_extract_string(properties, ['$.experiment_id', '$.variation_id', '$.deviceType'])"))
                .containsExactly("Experiment Viewed|[checkout-button, treatment, mobile]");
    }

    @Test
    void otherEventsAreEventsWithTheirProperties() {
        track(
                        newKey("client"),
                        "[" + event("Feature Evaluated", "{\"feature\": \"f\", \"value\": \"true\"}") + ", "
                                + event("Order Completed", "{\"revenue\": 39.90}") + "]")
                .statusCode(200)
                .body("accepted", equalTo(2));

        assertThat(stored("name, properties"))
                .containsExactly(
                        "Feature Evaluated|{\"feature\":\"f\",\"value\":\"true\"}",
                        "Order Completed|{\"revenue\":39.90}");
    }

    @Test
    void theUnitThatWasHashedIsKeptWhateverItsAttributeIsCalled() {
        assertUnits("account", "acme", "user=d anonymous=d account=acme");
        assertUnits("user_id", "u7", "user=u7 anonymous=d");
        assertUnits("id", "d", "user=d anonymous=d");
        assertUnits("id", "another", "user=d anonymous=d id=another");
    }

    @Test
    void allEventsAreOfTheUnitThatIsHashedForUsersAndForVisitors() {
        for (String event : List.of("Experiment Viewed", "Order Completed")) {
            assertThat(ids(event, "null", "\"u1\"", "{}")).isEqualTo("u1 u1");
            assertThat(ids(event, "null", "\"u1\"", "{\"anonymous\": \"a1\"}")).isEqualTo("u1 a1");
            assertThat(ids(event, "\"u1\"", "\"d1\"", "{}")).isEqualTo("u1 d1");
            assertThat(ids(event, "null", "null", "{\"anonymous\": \"a1\"}")).isEqualTo("none a1");
        }
    }

    private static String ids(String event, String user, String device, String attributes) {
        byte[] body = """
                [{"event_name": "%s", "properties_json": {}, "user_id": %s, "device_id": %s, "context_json": %s}]
                """.formatted(event, user, device, attributes).getBytes(UTF_8);
        JsonNode message = GrowthBookEvents.envelope(new EnvelopeReader(new StrictJson()).list(body))
                .messages()
                .get(0)
                .node();
        return message.path("userId").asText("none") + " "
                + message.path("anonymousId").asText("none");
    }

    @Test
    void anAttributeThatHappensToBeCalledUnitsDoesNoHarm() {
        track(newKey("client"), "[" + event("bought", "{}").replace("\"query\": \"\"", "\"units\": \"metric\"") + "]")
                .statusCode(200)
                .body("accepted", equalTo(1));
    }

    private static void assertUnits(String attribute, String value, String expected) {
        byte[] body = ("[" + EVENT.formatted("Experiment Viewed", EXPOSURE.formatted(attribute, value), "null", "\"d\"")
                        + "]")
                .getBytes(UTF_8);
        var message = GrowthBookEvents.envelope(new EnvelopeReader(new StrictJson()).list(body))
                .messages()
                .get(0)
                .node();
        StringBuilder units = new StringBuilder();
        if (message.hasNonNull("userId")) {
            units.append("user=").append(message.get("userId").asText()).append(' ');
        }
        units.append("anonymous=").append(message.get("anonymousId").asText());
        message.at("/context/units")
                .properties()
                .forEach(unit -> units.append(' ')
                        .append(unit.getKey())
                        .append('=')
                        .append(unit.getValue().asText()));
        assertThat(units).hasToString(expected);
    }

    @Test
    void aGoodNeighbourOfABadEventIsStored() {
        track(
                        newKey("client"),
                        "[7, {\"event_name\": null}, " + event("Experiment Viewed", "7") + ", " + event("good", "{}")
                                + "]")
                .statusCode(200)
                .body("accepted", equalTo(1))
                .body("rejected.index", contains(0, 1, 2));

        assertThat(stored("name")).containsExactly("good");
    }

    @Test
    void whatIsNoListIsRefusedAndStrangersFirst() {
        track(newKey("client"), "{}").statusCode(400).body("success", equalTo(false));
        track(newKey("client"), "[").statusCode(400).body("type", containsString("malformed-json"));
        track("wrong", "[]").statusCode(401);
        track(newKey("viewer"), "[]").statusCode(403);
    }

    @Test
    void aPreflightNeedsNoKey() {
        given().header("Origin", "https://shop.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .options("/track?client_key=anything")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", "https://shop.example");
    }
}
