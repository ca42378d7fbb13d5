package dev.microlift.server.report;

import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A published data set, written as tracking messages and imported. */
final class Imported {

    private final String key;
    private final StringBuilder lines = new StringBuilder();
    private int count;

    Imported(String key) {
        this.key = key;
    }

    /** A journey of these steps, the goal last; every step sums the property "value". */
    Imported journey(String... steps) {
        List<String> written = Arrays.stream(steps)
                .map(step -> "{\"key\": \"%1$s\", \"event\": \"%2$s %1$s\", \"value\": \"value\"}".formatted(step, key))
                .toList();
        int goal = written.size() - 1;
        sending("{\"key\": \"%s\", \"steps\": [%s], \"goal\": %s}"
                        .formatted(key, String.join(",", written.subList(0, goal)), written.get(goal)))
                .post("/api/v1/journeys")
                .then()
                .statusCode(201);
        return this;
    }

    /** A started experiment whose variants were assigned elsewhere, the control first. */
    Imported experiment(List<String> variants, String plan) {
        sending(
                        "{\"key\": \"%1$s\", \"journeys\": [\"%1$s\"], \"assignment\": \"external\", \"variants\": [%2$s], \"plan\": %3$s}"
                                .formatted(
                                        key,
                                        variants.stream()
                                                .map(variant -> "{\"key\": \"" + variant + "\"}")
                                                .collect(Collectors.joining(",")),
                                        plan))
                .post("/api/v1/experiments")
                .then()
                .statusCode(201);
        asAdmin().post("/api/v1/experiments/" + key + "/start").then().statusCode(200);
        return this;
    }

    /** A unit sees its variant. */
    void exposure(int unit, String time, String variant, Map<String, Object> attributes) {
        Map<String, Object> properties = new TreeMap<>(attributes);
        properties.put("experiment_id", key);
        properties.put("variation_id", variant);
        line(unit, time, "Experiment Viewed", properties);
    }

    /** A unit does a step. */
    void step(int unit, String time, String step, Map<String, Object> properties) {
        line(unit, time, key + " " + step, properties);
    }

    private void line(int unit, String time, String event, Map<String, Object> properties) {
        String written = properties.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\": "
                        + (entry.getValue() instanceof Number ? entry.getValue() : "\"" + entry.getValue() + "\""))
                .collect(Collectors.joining(", "));
        lines.append("""
                {"type": "track", "messageId": "%s-%d", "userId": "%s-%d", "event": "%s", "timestamp": "%s", \
                "properties": {%s}}
                """.formatted(key, count++, key, unit, event, time, written));
    }

    /** Imports everything. */
    Imported send() {
        send(lines, count);
        return this;
    }

    /** Imports messages, one a line, of which so many are good and none is not. */
    static void send(StringBuilder lines, int count) {
        asAdmin()
                .config(RestAssured.config()
                        .encoderConfig(encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .contentType("application/x-ndjson")
                .body(lines.toString().getBytes(UTF_8))
                .post("/v1/import")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(count))
                .body("rejected", equalTo(0));
    }

    /** What the server says of it at an address. */
    static JsonPath get(String path) {
        return asAdmin()
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath(JsonPathConfig.jsonPathConfig().numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE));
    }

    /** The report of the experiment. */
    JsonPath report() {
        return get("/api/v1/experiments/" + key + "/report");
    }
}
