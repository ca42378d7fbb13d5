package dev.microlift.benchmarks.assignment;

import dev.microlift.openfeature.MicroliftOptions;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Experiments of two halves, and a hundred of them, as every SDK here gets them. */
final class Experiments {

    static final int COUNT = 100;

    private Experiments() {}

    static String key(int number) {
        return "experiment-" + number;
    }

    static String seed(int number) {
        return "%016x".formatted(0x9E3779B97F4A7C15L * (number + 1));
    }

    /** Units whose ids are as long as usual ones. */
    static String[] units(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "user-" + (1_000_000 + i))
                .toArray(String[]::new);
    }

    /** Options of a client that never reaches a server. */
    static MicroliftOptions.Builder offline() {
        return MicroliftOptions.builder()
                .endpoint("http://127.0.0.1:1")
                .key("none")
                .headers(Map.of())
                .streaming(false)
                .pollInterval(Duration.ofHours(1))
                .random(() -> 1)
                .flushInterval(Duration.ofHours(1))
                .closeTimeout(Duration.ofMillis(10))
                .bootstrap(payload());
    }

    /** A list or object of all experiments: the template, with each one's key and seed, joined by commas. */
    static String json(String template) {
        return IntStream.range(0, COUNT)
                .mapToObj(i -> template.formatted(key(i), seed(i)))
                .collect(Collectors.joining(","));
    }

    private static String payload() {
        return json("""
                "%1$s": {"rules": [{"key": "%1$s", "seed": "%2$s", "hashAttribute": "id", "hashVersion": 2,
                    "variations": [false, true], "ranges": [[0, 0.5], [0.5, 1]],
                    "meta": [{"key": "control"}, {"key": "treatment"}]}],
                  "microlift": {"version": 1, "phase": "running", "unitType": "user",
                    "assignment": "microlift", "control": 0,
                    "variants": [{"key": "control", "value": false}, {"key": "treatment", "value": true}]}}
                """).transform("{\"features\": {%s}}"::formatted);
    }
}
