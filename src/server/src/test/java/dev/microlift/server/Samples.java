package dev.microlift.server;

import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;

import java.util.concurrent.atomic.AtomicInteger;

/** Journeys and experiments to test with. */
public final class Samples {

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private Samples() {}

    /** A key that no other test uses. */
    public static String newKey(String prefix) {
        return prefix + "-" + COUNTER.incrementAndGet();
    }

    /** A shop's journey: search, view, cart, purchase. */
    public static String journey(String key) {
        return """
                {"key": "%s", "name": "Shop purchase", "unitType": "user",
                 "steps": [
                   {"key": "search", "event": "Products Searched"},
                   {"key": "view", "event": "Product Viewed"},
                   {"key": "cart", "event": "Product Added",
                    "where": [{"property": "price", "op": "gte", "value": 10}]}],
                 "goal": {"key": "purchase", "event": "Order Completed", "value": "revenue"}}""".formatted(key);
    }

    /** An experiment of two variants on a journey, with more fields of one's own. */
    public static String experiment(String key, String journey, String more) {
        return """
                {"key": "%s", "journeys": ["%s"],
                 "variants": [{"key": "control", "weight": 50, "value": false},
                              {"key": "treatment", "weight": 50, "value": true}]%s}""".formatted(key, journey, more.isEmpty() ? "" : ", " + more);
    }

    /** Creates a journey and gives its key. */
    public static String createJourney() {
        String key = newKey("journey");
        sending(journey(key)).post("/api/v1/journeys").then().statusCode(201);
        return key;
    }

    /** Creates an experiment on a journey of its own and gives its key. */
    public static String createExperiment(String more) {
        String key = newKey("experiment");
        sending(experiment(key, createJourney(), more))
                .post("/api/v1/experiments")
                .then()
                .statusCode(201);
        return key;
    }

    /** Creates and starts an experiment on a journey of its own and gives its key. */
    public static String startExperiment(String more) {
        String key = createExperiment(more);
        asAdmin().post("/api/v1/experiments/" + key + "/start").then().statusCode(200);
        return key;
    }
}
