package dev.microlift.benchmarks.trials;

import java.io.IOException;

/**
 * The shop that sends a run's messages. Everything it names bears the run's tag, so that its messages can be counted on a
 * server that has others.
 *
 * @param tag eight characters of a key
 */
record Shop(String tag) {

    /** A shop of its own for every seed and moment. */
    static Shop of(long seed, String purpose) {
        long mixed = (seed * 0x9E3779B97F4A7C15L) ^ purpose.hashCode() ^ (System.nanoTime() * 0xC2B2AE3D27D4EB4FL);
        return new Shop(String.format("%08x", mixed & 0xFFFFFFFFL));
    }

    String event(String step) {
        return step + " " + tag;
    }

    /** Creates the journey and starts an experiment whose exposures alone say who saw what. */
    void open(Api api) throws IOException, InterruptedException {
        api.send("/api/v1/journeys", journey());
        api.send("/api/v1/experiments", experiment());
        api.send("/api/v1/experiments/" + tag + "/start", "");
    }

    String reportPath() {
        return "/api/v1/experiments/" + tag + "/report";
    }

    String journey() {
        return """
                {"key": "%s", "name": "Shop of a trial", "unitType": "user",
                 "steps": [
                   {"key": "search", "event": "%s"},
                   {"key": "view", "event": "%s"},
                   {"key": "cart", "event": "%s"}],
                 "goal": {"key": "purchase", "event": "%s", "value": "revenue"}}""".formatted(tag, event("Searched"), event("Viewed"), event("Added"), event("Ordered"));
    }

    private String experiment() {
        return """
                {"key": "%s", "name": "Trial", "journeys": ["%s"], "assignment": "external",
                 "variants": [{"key": "control", "weight": 50, "value": false},
                              {"key": "treatment", "weight": 50, "value": true}]}""".formatted(tag, tag);
    }
}
