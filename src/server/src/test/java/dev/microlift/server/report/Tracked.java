package dev.microlift.server.report;

import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;

/** Messages of an experiment or a journey, and what the server makes of them. */
public final class Tracked {

    private static final int BATCH = 1000;

    private final String key;
    private final String context;
    private final List<String> messages = new ArrayList<>();

    /** @param key keeps units and message ids apart from those of other tests */
    public Tracked(String key) {
        this(key, "");
    }

    private Tracked(String key, String context) {
        this.key = key;
        this.context = context;
    }

    /** Messages that carry each unit's id under another type too. */
    public static Tracked ofType(String key, String unitType) {
        return new Tracked(key, ", \"context\": {\"units\": {\"" + unitType + "\": \"%s\"}}");
    }

    /** A unit's name. */
    public String unit(int number) {
        return key + "-u" + number;
    }

    /** A unit does something, some minutes into 5 January 2026. */
    public Tracked event(int unit, String event, int minute, String properties) {
        return at(unit, event, "2026-01-05T%02d:%02d:00Z".formatted(10 + minute / 60, minute % 60), properties);
    }

    /** A unit does something at a time. */
    public Tracked at(int unit, String event, String time, String properties) {
        messages.add("""
                {"type": "track", "messageId": "%s-%d", "userId": "%s", "event": "%s", "timestamp": "%s",
                 "properties": {%s}%s}""".formatted(
                        key, messages.size(), unit(unit), event, time, properties, context.formatted(unit(unit))));
        return this;
    }

    /** A unit sees a variant. */
    public Tracked exposure(int unit, String variant, String attributes) {
        String more = attributes.isEmpty() ? "" : ", " + attributes;
        return event(
                unit,
                "Experiment Viewed",
                0,
                "\"experiment_id\": \"%s\", \"variation_id\": \"%s\"%s".formatted(key, variant, more));
    }

    /** Sends everything. */
    public Tracked send() {
        for (int from = 0; from < messages.size(); from += BATCH) {
            sending("{\"batch\": [" + String.join(",", messages.subList(from, Math.min(from + BATCH, messages.size())))
                            + "]}")
                    .post("/v1/batch")
                    .then()
                    .statusCode(200)
                    .body("rejected.size()", equalTo(0));
        }
        return this;
    }

    /** The report with query parameters. */
    public static JsonPath report(String key, String query) {
        return asAdmin()
                .get("/api/v1/experiments/" + key + "/report" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
