package dev.microlift.openfeature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.sdk.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How the configuration gets here, and stays, whatever the server does. */
class ConfigurationTest {

    private static final Duration SOON = Duration.ofMillis(100);

    private final FakeServer server = new FakeServer();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void pollingBringsChangesAndAsksWithTheTag() {
        try (Microlift microlift = Microlift.start(server.options().build())) {
            Eventually.until("a second download", () -> server.downloads.get() > 1);
            assertThat(List.copyOf(server.featureRequests).get(1).get("If-none-match"))
                    .isEqualTo(List.of("\"" + Integer.toHexString(server.configuration.hashCode()) + "\""));

            server.configuration = Payloads.of(Payloads.button(), Payloads.inactive("next"));

            Eventually.until("the new experiment is known", () -> isKnown(microlift, "next"));
        }
    }

    @Test
    void keyIsSentInThePathAndAsBearerToken() {
        try (Microlift microlift = Microlift.start(
                server.options().headers(Map.of("X-Team", "shop")).build())) {
            assertThat(microlift.isReady()).isTrue();
            Map<String, List<String>> request = server.featureRequests.element();
            assertThat(request.get("Authorization")).isEqualTo(List.of("Bearer " + FakeServer.KEY));
            assertThat(request.get("X-team")).isEqualTo(List.of("shop"));
        }
    }

    @Test
    void streamBringsAWholeConfiguration() {
        try (Microlift microlift = Microlift.start(streaming().build())) {
            Eventually.until("the stream is open", () -> server.listeners() == 1);

            server.push("event: features\ndata: "
                    + Payloads.of(Payloads.inactive("pushed")).replace("\n", " ") + "\n\n");

            Eventually.until("the pushed experiment is known", () -> isKnown(microlift, "pushed"));
            assertThat(isKnown(microlift, "button")).isFalse();
        }
    }

    @Test
    void streamSaysThatThereIsSomethingToDownload() {
        try (Microlift microlift = Microlift.start(streaming().build())) {
            Eventually.until("the stream is open", () -> server.listeners() == 1);
            Eventually.until("what changed before the stream is downloaded", () -> server.downloads.get() == 2);
            server.configuration = Payloads.of(Payloads.inactive("next"));

            server.push("event: features-updated\ndata: {}\n\n");

            Eventually.until("the new experiment is known", () -> isKnown(microlift, "next"));
        }
    }

    @Test
    void serverWithoutStreamIsPolled() {
        server.stream = FakeServer.status(404);
        try (Microlift microlift =
                Microlift.start(server.options().streaming(true).build())) {
            server.configuration = Payloads.of(Payloads.inactive("next"));

            Eventually.until("the new experiment is known", () -> isKnown(microlift, "next"));
        }
    }

    @Test
    void streamThatLiesIsGivenUpAndPollingGoesOn() {
        server.stream = FakeServer.body("text/event-stream", "event: features\ndata: {\"features\": 7}\n\n");
        try (Microlift microlift =
                Microlift.start(server.options().streaming(true).build())) {
            server.configuration = Payloads.of(Payloads.inactive("next"));

            Eventually.until("the new experiment is known", () -> isKnown(microlift, "next"));
        }
    }

    @Test
    void deadServerIsReplacedByTheCopyOnDisk() throws IOException {
        Path file = folder.resolve("deep/er/features.json");
        Microlift.start(server.options().cacheFile(file).build()).close();

        try (Microlift microlift = Microlift.start(deadServer().cacheFile(file).build())) {
            assertThat(microlift.assign("button", "u1", Map.of()).inExperiment())
                    .isTrue();
            assertThat(microlift.isFresh()).isFalse();
        }
        try (Stream<Path> files = Files.list(file.resolveSibling(""))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void deadServerIsReplacedByTheBootstrap() throws IOException {
        try (Microlift microlift = Microlift.start(
                deadServer().bootstrap(Payloads.of(Payloads.button())).build())) {
            assertThat(microlift.assign("button", "u1", Map.of()).inExperiment())
                    .isTrue();
        }
    }

    @Test
    void youngerOfBootstrapAndCopyIsUsed() throws IOException {
        Path file = folder.resolve("features.json");
        Files.writeString(file, Payloads.of(Payloads.inactive("kept")));
        String younger = Payloads.of(Payloads.inactive("given")).replace("2026-11-22", "2026-11-23");

        try (Microlift microlift =
                Microlift.start(deadServer().cacheFile(file).bootstrap(younger).build())) {
            assertThat(isKnown(microlift, "given")).isTrue();
            assertThat(isKnown(microlift, "kept")).isFalse();
        }
    }

    @Test
    void copyThatCannotBeReadIsIgnored() throws IOException {
        Path file = folder.resolve("features.json");
        Files.writeString(file, "{\"features\":");

        try (Microlift microlift =
                Microlift.start(deadServer().cacheFile(file).bootstrap("<html>").build())) {
            assertThat(microlift.isReady()).isFalse();
        }
    }

    @Test
    void copyThatCannotBeWrittenCostsNothing() throws IOException {
        Path blocked = folder.resolve("file");
        Files.writeString(blocked, "");

        try (Microlift microlift = Microlift.start(
                server.options().cacheFile(blocked.resolve("features.json")).build())) {
            assertThat(microlift.isFresh()).isTrue();
        }
    }

    @Test
    void silentServerDelaysTheStartByTheTimeoutOnly() {
        server.features = server.silence();

        try (Microlift microlift = Microlift.start(server.options()
                .startTimeout(SOON)
                .requestTimeout(Duration.ofMinutes(10))
                .bootstrap(Payloads.of(Payloads.button()))
                .build())) {
            assertThat(microlift.isFresh()).isFalse();
            assertThat(microlift.assign("button", "u1", Map.of()).inExperiment())
                    .isTrue();
        }
    }

    @Test
    void withoutAnyConfigurationThereIsNoValueUntilTheServerAnswers() {
        FakeServer.Route answering = server.features;
        server.features = FakeServer.status(500);
        try (Microlift microlift = Microlift.start(server.options().build())) {
            assertThat(microlift.assign("button", "u1", Map.of()).error()).contains(ErrorCode.PROVIDER_NOT_READY);
            assertThat(microlift.assignAll("u1", Map.of())).isEmpty();

            server.features = answering;

            Eventually.until("the server's configuration is in use", microlift::isFresh);
            assertThat(microlift.assign("button", "u1", Map.of()).inExperiment())
                    .isTrue();
        }
    }

    @Test
    void serverThatLimitsTheRateIsLeftAloneAsLongAsItWishes() {
        server.features = FakeServer.status(429, "Retry-After", "3000");
        try (Microlift microlift =
                Microlift.start(server.options().streaming(true).build())) {
            assertThat(microlift.isReady()).isFalse();
            // Long enough for many attempts at the interval of polling.
            Eventually.until("time passes", new Countdown(Duration.ofMillis(700))::isOver);
            assertThat(server.downloads).hasValue(1);
        }
    }

    /** What a server can do instead of answering properly. */
    static Stream<String> lies() {
        return Stream.of(
                "nothing",
                "html",
                "noJson",
                "cutShort",
                "noPayload",
                "list",
                "deep",
                "twice",
                "huge",
                "half",
                "silent",
                "refused");
    }

    @ParameterizedTest
    @MethodSource("lies")
    void lastGoodConfigurationSurvivesWhateverTheServerSays(String lie) {
        try (Microlift microlift = Microlift.start(server.options()
                .requestTimeout(Duration.ofSeconds(2))
                .staleAfter(SOON)
                .build())) {
            FakeServer.Route truth = server.features;
            int before = server.downloads.get();

            server.features = lie(lie);

            Eventually.until("the server has lied", () -> server.downloads.get() > before + 1);
            Eventually.until("the configuration is stale", () -> !microlift.isFresh());
            assertThat(microlift.assign("button", "u1", Map.of()).inExperiment())
                    .isTrue();

            server.features = truth;
            Eventually.until("the configuration is fresh again", microlift::isFresh);
        }
    }

    private FakeServer.Route lie(String name) {
        return switch (name) {
            case "nothing" -> FakeServer.body("application/json", "");
            case "html" -> FakeServer.body("text/html", "<html><body>Log in</body></html>");
            case "noJson" -> FakeServer.body("application/json", "{\"features\": {");
            case "cutShort" -> FakeServer.cutShort("{\"features\": {");
            case "noPayload" -> FakeServer.body("application/json", "{\"features\": 7}");
            case "list" -> FakeServer.body("application/json", "[]");
            case "deep" -> FakeServer.body("application/json", "[".repeat(100_000));
            case "twice" -> FakeServer.body("application/json", "{\"features\": {}, \"features\": {}}");
            case "huge" -> server.endlessAnswer();
            case "half" -> server.halfAnAnswer();
            case "silent" -> server.silence();
            case "refused" -> FakeServer.status(401);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private MicroliftOptions.Builder streaming() {
        return server.options().streaming(true).pollInterval(Duration.ofHours(1));
    }

    private static boolean isKnown(Microlift microlift, String experiment) {
        return microlift.assign(experiment, "u1", Map.of()).error().isEmpty();
    }

    /** What waits cannot be sent, so that closing need not take long. */
    private static MicroliftOptions.Builder deadServer() throws IOException {
        return FakeServer.optionsFor(deadPort()).closeTimeout(SOON);
    }

    /** A port on which nobody listens. */
    static int deadPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private record Countdown(long end) {
        Countdown(Duration duration) {
            this(System.nanoTime() + duration.toNanos());
        }

        boolean isOver() {
            return System.nanoTime() - end >= 0;
        }
    }
}
