package dev.microlift.openfeature;

import java.util.stream.IntStream;

/** Configurations as the server sends them. Buckets under the seed: u1 9211, u2 8811, 1000000 4878. */
final class Payloads {

    static final String SEED = "0f3a9c1be2d47586";

    private Payloads() {}

    static String of(String... features) {
        return "{\"status\": 200, \"features\": {%s}, \"dateUpdated\": \"2026-11-22T10:00:00.000Z\"}"
                .formatted(String.join(", ", features));
    }

    /** Half get false, half true: u1 and u2 are in treatment, 1000000 in control. */
    static String button() {
        return experiment("button", "user", "", "", "false", "true");
    }

    /** A running experiment of two arms. */
    static String experiment(
            String key, String unitType, String moreOfRule, String moreOfBlock, String control, String treatment) {
        return """
                "%1$s": {"defaultValue": %5$s,
                 "rules": [{"key": "%1$s", "seed": "%7$s", "hashAttribute": "%2$s", "hashVersion": 2,
                   "variations": [%5$s, %6$s], "ranges": [[0, 0.5], [0.5, 1]],
                   "meta": [{"key": "control"}, {"key": "treatment"}]%3$s}],
                 "microlift": {"version": 3, "phase": "running", "unitType": "%2$s", "assignment": "microlift",
                   "control": 0, "exposure": "explicit", "overrides": {"qa-1": "treatment"},
                   "variants": [{"key": "control", "value": %5$s}, {"key": "treatment", "value": %6$s}]%4$s}}""".formatted(key, unitType, moreOfRule, moreOfBlock, control, treatment, SEED);
    }

    /** An experiment whose treatment has this value. */
    static String valued(String key, String value) {
        return experiment(key, "user", "", "", value, value);
    }

    static String inactive(String key) {
        return experiment(key, "user", "", "", "false", "true").replace("running", "inactive");
    }

    /** Experiments that differ in key and seed. */
    static String many(int count) {
        return of(IntStream.range(0, count)
                .mapToObj(i -> experiment("experiment-" + i, "user", "", "", "false", "true")
                        .replace(SEED, "seed-" + i))
                .toArray(String[]::new));
    }
}
