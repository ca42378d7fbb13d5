package dev.microlift.server.launch;

import static dev.microlift.server.Samples.experiment;
import static dev.microlift.server.Samples.journey;
import static dev.microlift.server.eventlog.SampleMessages.track;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.microlift.server.ServerProcess;
import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.LogForTests;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A server with two experiments, a sealed day and what 300 units did, and the reports on them. */
final class SmallShop {

    static final ObjectMapper JSON = new ObjectMapper();

    /** So that the day that is over is sealed soon after the start, and a report speaks of all that was acknowledged. */
    static final Map<String, String> ENVIRONMENT =
            Map.of("MICROLIFT_EVENT_STORE_SEAL_EVERY", "PT1S", "MICROLIFT_EVENT_STORE_READ_WAIT", "PT50S");

    static final int UNITS = 300;
    private static final int SEALED = 100;
    private static final List<String> EXPERIMENTS = List.of("button", "colour");
    private static final List<String> REPORTS = List.of(
            "/api/v1/experiments/button/report?asOf=2026-01-20T00:00:00Z",
            "/api/v1/experiments/colour/report?asOf=2026-01-20T00:00:00Z&segment=device",
            "/api/v1/journeys/shop/report?from=2026-01-05T00:00:00Z&to=2026-01-20T00:00:00Z");

    private static final Duration SEALED_WITHIN = Duration.ofMinutes(2);

    private static final Duration POLL = Duration.ofMillis(50);

    private SmallShop() {}

    /** Before the first start: messages that came in on a day that is over. */
    static void prepare(Path data) {
        try (EventLog log = LogForTests.open(data)) {
            for (int i = 0; i < SEALED; i++) {
                log.append(List.of(track("sealed-" + i))).toCompletableFuture().join();
            }
        }
    }

    /** What the shop's server is told, all of it acknowledged, the day that is over sealed. */
    static void fill(ServerProcess server, Path data) throws Exception {
        created(server.post("/api/v1/journeys", journey("shop")));
        for (String key : EXPERIMENTS) {
            created(server.post("/api/v1/experiments", experiment(key, "shop", "")));
            assertThat(server.post("/api/v1/experiments/" + key + "/start", "").statusCode())
                    .isEqualTo(200);
        }
        assertThat(send(server).path("accepted").asInt()).isEqualTo(messages().size());
        awaitSealed(data);
    }

    /** Sends the same messages, with the same ids, whenever it is called. */
    static JsonNode send(ServerProcess server) throws IOException, InterruptedException {
        HttpResponse<String> answer = server.post("/v1/batch", "{\"batch\": [" + String.join(",", messages()) + "]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /** The texts of what {@link #send} sends. */
    static List<String> messages() {
        List<String> messages = new ArrayList<>();
        for (int unit = 0; unit < UNITS; unit++) {
            for (String key : EXPERIMENTS) {
                String variant = (unit + key.length()) % 2 == 0 ? "control" : "treatment";
                messages.add(message(
                        "x-" + key + unit,
                        unit,
                        "Experiment Viewed",
                        "05",
                        "\"experiment_id\": \"%s\", \"variation_id\": \"%s\", \"device\": \"%s\""
                                .formatted(key, variant, unit % 3 == 0 ? "phone" : "desk")));
            }
            messages.add(message("s-" + unit, unit, "Products Searched", "06", ""));
            if (unit % 4 != 0) {
                messages.add(message("o-" + unit, unit, "Order Completed", "07", "\"revenue\": " + unit));
            }
        }
        return messages;
    }

    /** An event on a day of January 2026. */
    static String message(String id, int unit, String event, String day, String properties) {
        return """
                {"type": "track", "messageId": "%s", "userId": "u%d", "event": "%s",
                 "timestamp": "2026-01-%sT12:00:00Z", "properties": {%s}}""".formatted(id, unit, event, day, properties);
    }

    /** The hash of each report, by its address. */
    static Map<String, String> hashes(ServerProcess server) throws IOException, InterruptedException {
        Map<String, String> hashes = new LinkedHashMap<>();
        for (String path : REPORTS) {
            JsonNode report = JSON.readTree(server.get(path).body());
            String hash = report.path("reportHash").asText();
            assertThat(hash).as(report.toString()).isNotEmpty();
            hashes.put(path, hash);
        }
        return hashes;
    }

    /** How many units each variant of each experiment has and how many of them came to the goal: whatever the release. */
    static List<String> figures(ServerProcess server) throws IOException, InterruptedException {
        List<String> figures = new ArrayList<>();
        for (String key : EXPERIMENTS) {
            JsonNode report =
                    JSON.readTree(server.get("/api/v1/experiments/" + key + "/report?asOf=2026-01-20T00:00:00Z")
                            .body());
            for (JsonNode metric : report.path("metrics")) {
                for (JsonNode variant : metric.path("variants")) {
                    figures.add("%s %s %s: %d of %d"
                            .formatted(
                                    key,
                                    metric.path("step").asText(),
                                    variant.path("variant").asText(),
                                    variant.path("converted").asInt(),
                                    variant.path("n").asInt()));
                }
            }
        }
        return figures;
    }

    private static void awaitSealed(Path data) throws IOException, InterruptedException {
        long end = System.nanoTime() + SEALED_WITHIN.toNanos();
        while (!isSealed(data)) {
            assertThat(System.nanoTime()).as("the day that is over is sealed").isLessThan(end);
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static boolean isSealed(Path data) throws IOException {
        Path events = data.resolve("events");
        if (!Files.isDirectory(events)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(events)) {
            return files.anyMatch(file -> file.toString().endsWith(".parquet"));
        }
    }

    private static void created(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}
