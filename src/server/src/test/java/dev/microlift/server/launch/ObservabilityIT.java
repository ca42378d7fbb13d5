package dev.microlift.server.launch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.microlift.server.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What a server tells of a request when it is asked to: spans to a collector, lines of JSON to the log. */
class ObservabilityIT {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private final BlockingQueue<String> exported = new LinkedBlockingQueue<>();

    @Test
    void aRequestLeavesASpanAndLinesOfJsonWithItsId() throws Exception {
        HttpServer collector = collector();
        Path data = Files.createDirectory(directory.resolve("data"));
        Map<String, String> settings = Map.of(
                "MICROLIFT_TRACES_ENDPOINT",
                        "http://127.0.0.1:" + collector.getAddress().getPort(),
                "QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true",
                "QUARKUS_HTTP_ACCESS_LOG_ENABLED", "true");
        String id;
        try (ServerProcess server = ServerProcess.start(data, settings)) {
            id = server.get("/api/v1/journeys")
                    .headers()
                    .firstValue("X-Request-Id")
                    .orElseThrow();
            assertThat(exportedWith("/api/v1/journeys")).isTrue();
        } finally {
            collector.stop(0);
        }

        List<JsonNode> lines = lines(directory.resolve("data.log"));
        assertThat(lines)
                .anySatisfy(
                        line -> assertThat(line.at("/mdc/requestId").asText()).isEqualTo(id))
                .anySatisfy(line -> assertThat(line.at("/mdc/traceId").asText()).hasSize(32))
                .allSatisfy(line -> assertThat(line.has("message")).isTrue());
    }

    private HttpServer collector() throws IOException {
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            exported.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        return collector;
    }

    /** Spans are exported every few seconds; names stand in the binary form as they are. */
    private boolean exportedWith(String name) throws InterruptedException {
        String batch = exported.poll(1, TimeUnit.MINUTES);
        while (batch != null && !batch.contains(name)) {
            batch = exported.poll(1, TimeUnit.MINUTES);
        }
        return batch != null;
    }

    /** Every line of the log is an object, but for what the launcher itself says before there is a log. */
    private static List<JsonNode> lines(Path log) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            if (line.startsWith("{")) {
                lines.add(new ObjectMapper().readTree(line));
            }
        }
        return lines;
    }
}
