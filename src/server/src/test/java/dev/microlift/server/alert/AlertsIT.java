package dev.microlift.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.Samples;
import dev.microlift.server.ServerProcess;
import dev.microlift.server.alert.webhook.Receiver;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A server that nobody looks at finds a violated guardrail, tells it and stops the experiment. */
class AlertsIT {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void aViolatedGuardrailIsFoundToldAndStopsTheExperiment() throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        Map<String, String> settings =
                Map.of("MICROLIFT_ALERTS_EVERY", "PT1S", "MICROLIFT_WEBHOOKS_ALLOW_PRIVATE_ADDRESSES", "true");
        try (Receiver receiver = Receiver.answering(200);
                ServerProcess server = ServerProcess.start(data, settings)) {
            post(server, "/api/v1/webhooks", "{\"url\": \"" + receiver.url("/") + "\"}");
            post(server, "/api/v1/journeys", Samples.journey("shop"));
            post(server, "/api/v1/experiments", Samples.experiment("button", "shop", """
                    "guardrails": [{"metric": {"key": "refunds", "event": "Refunded"}, "margin": 0.05,
                                    "direction": "decrease", "action": "stop"}]"""));
            post(server, "/api/v1/experiments/button/start", "");
            post(server, "/v1/batch", batch());

            String opened = receiver.next("alert.opened", "button/refunds").body();
            assertThat(JsonPath.from(opened).getString("data.kind")).isEqualTo("guardrailViolated");
            // The experiment has ended, and with it the alert.
            String closed = receiver.next("alert.closed", "button/refunds").body();
            assertThat(JsonPath.from(closed).getString("data.until")).isNotNull();
            JsonPath stopped =
                    JsonPath.from(server.get("/api/v1/experiments/button").body());
            assertThat(stopped.getString("status")).isEqualTo("stopped");
            assertThat(stopped.getString("decisionReason")).startsWith("guardrail refunds violated by treatment");
        }
    }

    private static void post(ServerProcess server, String path, String json) throws IOException, InterruptedException {
        assertThat(server.post(path, json).statusCode()).as(path).isBetween(200, 201);
    }

    /** 200 units, half of them in each variant; a fifth of the control's and four fifths of the treatment's ask for a refund. */
    private static String batch() {
        return IntStream.range(0, 200)
                .mapToObj(unit -> track(
                                unit,
                                "Experiment Viewed",
                                "\"experiment_id\": \"button\", \"variation_id\": \""
                                        + (unit % 2 == 1 ? "treatment" : "control") + "\"")
                        + (unit % 10 == 0 || (unit % 2 == 1 && unit % 10 != 1)
                                ? "," + track(unit, "Refunded", "")
                                : ""))
                .collect(Collectors.joining(",", "{\"batch\": [", "]}"));
    }

    private static String track(int unit, String event, String properties) {
        return """
                {"type": "track", "messageId": "%s-%d", "userId": "u%d", "event": "%s", "properties": {%s}}""".formatted(event.charAt(0), unit, unit, event, properties);
    }
}
