package dev.microlift.openfeature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of messages, whatever the server does: each is sent once, or counted as dropped or rejected. */
class SendingTest {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofMillis(100);

    private final FakeServer server = new FakeServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void batchIsCompressedAndCarriesTheKey() {
        try (Microlift microlift = Microlift.start(server.options().build())) {
            microlift.track("Page Read", "u1", Map.of());

            assertThat(microlift.flush(BOUND)).isTrue();
            Map<String, List<String>> request = server.batchRequests.element();
            assertThat(request.get("Content-encoding")).isEqualTo(List.of("gzip"));
            assertThat(request.get("Content-type")).isEqualTo(List.of("application/json"));
            assertThat(request.get("Authorization")).isEqualTo(List.of("Bearer " + FakeServer.KEY));
        }
    }

    @Test
    void messagesWaitForOthersUntilTheIntervalIsOver() {
        MicroliftOptions options = server.options()
                .flushInterval(Duration.ofHours(1))
                .batchSize(10)
                .build();
        try (Microlift microlift = Microlift.start(options)) {
            track(microlift, 9);
            assertThat(microlift.statistics().queued()).isEqualTo(9);

            track(microlift, 1);

            Eventually.until(
                    "a full batch is sent", () -> microlift.statistics().sent() == 10);
            assertThat(server.batches).hasValue(1);
        }
    }

    @Test
    void intervalSendsWhatFillsNoBatch() {
        try (Microlift microlift = Microlift.start(server.options().build())) {
            track(microlift, 1);

            Eventually.until("it is sent", () -> microlift.statistics().sent() == 1);
        }
    }

    @Test
    void batchesStayBelowTheServersLimits() {
        try (Microlift microlift =
                Microlift.start(server.options().batchSize(2_500).build())) {
            for (int i = 0; i < 100; i++) {
                microlift.track("Page Read", "u1", Map.of("text", "x".repeat(20_000)));
            }
            assertThat(microlift.flush(BOUND)).isTrue();
            assertThat(server.messages()).hasSize(100);
            assertThat(server.batches.get()).isGreaterThanOrEqualTo(100 * 20_000 / Batcher.MOST_BYTES);
        }
    }

    @Test
    void messageThatIsTooLargeOrNobodysIsRejectedAlone() {
        try (Microlift microlift = Microlift.start(server.options().build())) {
            microlift.track("Page Read", "u1", Map.of("text", "x".repeat(40_000)));
            microlift.track("Page Read", " ", Map.of());
            track(microlift, 1);

            assertThat(microlift.flush(BOUND)).isTrue();
            assertThat(microlift.statistics()).isEqualTo(new SendingStatistics(0, 1, 0, 2, 0));
        }
    }

    @Test
    void valuesThatJsonDoesNotKnowDoNotSpoilTheBatch() {
        try (Microlift microlift = Microlift.start(server.options().build())) {
            microlift.track(
                    "Page Read",
                    "u1",
                    Map.of("nan", Double.NaN, "list", List.of(1, Map.of("a", 2.5f)), "type", Duration.ofSeconds(1)));

            assertThat(microlift.flush(BOUND)).isTrue();
            Map<String, Object> properties = new HashMap<>();
            properties.put("nan", null);
            properties.put("list", List.of(1, Map.of("a", 2.5)));
            properties.put("type", "PT1S");
            assertThat(server.messages().get(0).get("properties")).isEqualTo(properties);
        }
    }

    /** What the server could not read, and with it none of the batch. */
    static Stream<Map<String, ?>> unreadable() {
        Map<Object, Integer> twice = new LinkedHashMap<>();
        twice.put(1, 1);
        twice.put("1", 2);
        return Stream.of(
                nested(14),
                Map.of("number", BigInteger.TEN.pow(1_200)),
                Map.of("number", new BigDecimal("0." + "1".repeat(1_200))),
                Map.of("object", twice));
    }

    /** Maps in maps, so many in all. */
    private static Map<String, ?> nested(int levels) {
        Map<String, ?> nested = Map.of("leaf", 1);
        for (int i = 1; i < levels; i++) {
            nested = Map.of("a", nested);
        }
        return nested;
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void messageThatTheServerCouldNotReadIsRejectedAlone(Map<String, ?> properties) {
        try (Microlift microlift = Microlift.start(server.options().build())) {
            track(microlift, 2);
            microlift.track("Page Read", "u1", properties);

            assertThat(microlift.flush(BOUND)).isTrue();
            assertThat(microlift.statistics()).isEqualTo(new SendingStatistics(0, 2, 0, 1, 0));
        }
    }

    @Test
    void bodyAsDeepAsTheServerTakesIsSent() {
        try (Microlift microlift = Microlift.start(server.options().build())) {
            // The body, its batch and the message are three more: sixteen.
            microlift.track("Page Read", "u1", nested(13));

            assertThat(microlift.flush(BOUND)).isTrue();
            assertThat(server.messages().get(0).get("properties")).isEqualTo(nested(13));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413})
    void messageThatSpoilsItsBatchIsLostAlone(int status) {
        server.tracking = exchange -> {
            byte[] body = FakeServer.read(exchange);
            if (new String(body, UTF_8).contains("\"u7\"")) {
                FakeServer.status(status).answer(exchange);
            } else {
                server.accept(exchange, body);
            }
        };
        MicroliftOptions options =
                server.options().flushInterval(Duration.ofHours(1)).build();
        try (Microlift microlift = Microlift.start(options)) {
            track(microlift, 100);

            assertThat(microlift.flush(BOUND)).isTrue();
            assertThat(server.messages()).hasSize(99);
            assertThat(microlift.statistics()).isEqualTo(new SendingStatistics(0, 99, 0, 1, 0));
        }
    }

    @Test
    void serverThatRefusesEverythingIsNotAskedAboutEachMessage() {
        server.tracking = FakeServer.status(400);
        MicroliftOptions options =
                server.options().flushInterval(Duration.ofHours(1)).build();
        try (Microlift microlift = Microlift.start(options)) {
            track(microlift, 500);

            assertThat(microlift.flush(BOUND)).isTrue();
            assertThat(microlift.statistics()).isEqualTo(new SendingStatistics(0, 0, 0, 500, 0));
            assertThat(server.batches.get()).isLessThan(100);
        }
    }

    /** What a server can do instead of acknowledging. */
    static Stream<FakeServer.Route> failures() {
        return Stream.of(
                FakeServer.status(500),
                FakeServer.status(503, "Retry-After", "0"),
                FakeServer.status(429, "Retry-After", "soon"),
                FakeServer.body("text/html", "<html><body>Log in</body></html>"),
                FakeServer.body("application/json", ""),
                FakeServer.body("application/json", "{\"success\": false}"),
                FakeServer.cutShort("{\"success\": true"),
                HttpExchange::close);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void batchThatWasNotAcknowledgedIsSentAgainUnchanged(FakeServer.Route failure) {
        AtomicInteger attempts = new AtomicInteger();
        server.tracking = exchange -> {
            if (attempts.incrementAndGet() < 4) {
                failure.answer(exchange);
            } else {
                server.accept(exchange);
            }
        };
        try (Microlift microlift = Microlift.start(server.options().build())) {
            track(microlift, 3);

            assertThat(microlift.flush(BOUND)).isTrue();
            assertThat(server.messages()).hasSize(3);
            assertThat(microlift.statistics()).isEqualTo(new SendingStatistics(0, 3, 0, 0, 3));
        }
    }

    @Test
    void batchWhoseAcknowledgementWasLostIsKnownByItsIds() {
        AtomicInteger attempts = new AtomicInteger();
        server.tracking = exchange -> {
            if (attempts.incrementAndGet() == 1) {
                // Taken, but the answer gets lost.
                server.take(exchange);
            } else {
                server.accept(exchange);
            }
        };
        try (Microlift microlift = Microlift.start(server.options().build())) {
            microlift.assign("button", "u1", Map.of());
            track(microlift, 2);

            assertThat(microlift.flush(BOUND)).isTrue();
            assertThat(server.messages()).hasSize(3);
            assertThat(server.repeated.get()).isPositive();
        }
    }

    @Test
    void silentServerIsAskedAgainAfterTheTimeout() {
        AtomicInteger attempts = new AtomicInteger();
        server.tracking = exchange -> {
            if (attempts.incrementAndGet() == 1) {
                server.silence().answer(exchange);
            } else {
                server.accept(exchange);
            }
        };
        MicroliftOptions options =
                server.options().requestTimeout(Duration.ofSeconds(2)).build();
        try (Microlift microlift = Microlift.start(options)) {
            track(microlift, 1);

            assertThat(microlift.flush(BOUND)).isTrue();
            assertThat(server.messages()).hasSize(1);
        }
    }

    @Test
    void serverThatLimitsTheRateIsLeftAloneAndWhatCannotBeSentIsCounted() {
        server.tracking = FakeServer.status(429, "Retry-After", "3000");
        Microlift microlift =
                Microlift.start(server.options().closeTimeout(SOON).build());
        track(microlift, 3);
        Eventually.until("the server was asked", () -> microlift.statistics().retries() > 0);
        long asked = System.nanoTime();
        // Long enough for many attempts at the usual intervals.
        Eventually.until(
                "time passes",
                () -> System.nanoTime() - asked > Duration.ofMillis(700).toNanos());

        assertThat(server.batches).hasValue(1);
        microlift.close();
        assertThat(microlift.statistics()).isEqualTo(new SendingStatistics(0, 0, 3, 0, 1));
    }

    @Test
    void nobodyWaitsForAServerThatWentSilentAndTheQueueStaysBounded() {
        MicroliftOptions options = server.options()
                .requestTimeout(Duration.ofMinutes(10))
                .queueCapacity(50)
                .batchSize(10)
                .closeTimeout(SOON)
                .build();
        Microlift microlift = Microlift.start(options);
        server.features = server.silence();
        server.tracking = server.silence();

        assertTimeoutPreemptively(
                BOUND,
                () -> IntStream.range(0, 5_000).parallel().forEach(i -> {
                    assertThat(microlift.assign("button", "unit-" + i, Map.of()).inExperiment())
                            .isTrue();
                    microlift.track("Page Read", "unit-" + i, Map.of());
                }));

        SendingStatistics statistics = microlift.statistics();
        assertThat(statistics.queued()).isBetween(50L, 60L);
        assertThat(statistics.queued() + statistics.dropped()).isEqualTo(10_000);
        microlift.close();
    }

    @Test
    void refusedBatchIsNotSentAgainButCounted() {
        server.tracking = FakeServer.status(401);
        try (Microlift microlift = Microlift.start(server.options().build())) {
            track(microlift, 3);

            assertThat(microlift.flush(BOUND)).isTrue();
            assertThat(microlift.statistics()).isEqualTo(new SendingStatistics(0, 0, 0, 3, 0));
            assertThat(server.batches).hasValue(1);
        }
    }

    @Test
    void messagesThatTheServerRejectsOneByOneAreCounted() {
        server.tracking = FakeServer.body(
                "application/json",
                "{\"success\": true, \"accepted\": 2, \"duplicates\": 0, \"rejected\": [{\"index\": 1}]}");
        try (Microlift microlift = Microlift.start(
                server.options().flushInterval(Duration.ofHours(1)).build())) {
            track(microlift, 3);

            assertThat(microlift.flush(BOUND)).isTrue();
            assertThat(microlift.statistics()).isEqualTo(new SendingStatistics(0, 2, 0, 1, 0));
        }
    }

    @Test
    void fullQueueDropsTheNewestAndCountsThem() {
        server.tracking = FakeServer.status(503);
        MicroliftOptions options = server.options()
                .queueCapacity(10)
                .batchSize(1)
                .closeTimeout(SOON)
                .build();
        Microlift microlift = Microlift.start(options);
        track(microlift, 1);
        Eventually.until("the first is underway", () -> microlift.statistics().retries() > 0);
        track(microlift, 100);

        // One is underway and ten wait.
        assertThat(microlift.statistics().dropped()).isEqualTo(90);
        assertThat(microlift.statistics().queued()).isEqualTo(11);
        microlift.close();
        assertThat(microlift.statistics().dropped()).isEqualTo(101);
        assertThat(microlift.statistics().queued()).isZero();
    }

    @Test
    void exposureThatWasDroppedIsSentWhenTheUnitIsSeenAgain() {
        server.tracking = FakeServer.status(503);
        MicroliftOptions options =
                server.options().queueCapacity(1).batchSize(1).build();
        try (Microlift microlift = Microlift.start(options)) {
            track(microlift, 1);
            Eventually.until(
                    "the event is underway", () -> microlift.statistics().retries() > 0);
            track(microlift, 1);
            microlift.assign("button", "u1", Map.of());
            assertThat(microlift.statistics().dropped()).isEqualTo(1);

            server.tracking = server::accept;
            assertThat(microlift.flush(BOUND)).isTrue();
            assertThat(server.messages("Experiment Viewed")).isEmpty();
            microlift.assign("button", "u1", Map.of());

            assertThat(microlift.flush(BOUND)).isTrue();
            assertThat(server.messages("Experiment Viewed")).hasSize(1);
        }
    }

    @Test
    void closingSendsWhatWaits() {
        Microlift microlift = Microlift.start(
                server.options().flushInterval(Duration.ofHours(1)).build());
        track(microlift, 1_000);

        microlift.close();

        assertThat(server.messages()).hasSize(1_000);
        track(microlift, 1);
        assertThat(microlift.statistics()).isEqualTo(new SendingStatistics(0, 1_000, 1, 0, 0));
    }

    @Test
    void closingEndsInTimeWithASilentServer() {
        server.tracking = server.silence();
        Microlift microlift = Microlift.start(server.options()
                .requestTimeout(Duration.ofHours(1))
                .closeTimeout(SOON)
                .build());
        track(microlift, 5);
        Eventually.until("the server was asked", () -> server.batches.get() > 0);

        microlift.close();

        assertThat(microlift.statistics()).isEqualTo(new SendingStatistics(0, 0, 5, 0, 0));
    }

    @Test
    void everyMessageHasOneFateUnderAnUnreliableServer() {
        AtomicInteger attempts = new AtomicInteger();
        server.tracking = exchange -> {
            if (attempts.incrementAndGet() % 3 == 0) {
                server.accept(exchange);
            } else {
                FakeServer.status(503).answer(exchange);
            }
        };
        try (Microlift microlift = Microlift.start(
                server.options().queueCapacity(200).batchSize(50).build())) {
            track(microlift, 5_000);
            assertThat(microlift.flush(BOUND)).isTrue();

            SendingStatistics statistics = microlift.statistics();
            assertThat(statistics.sent() + statistics.dropped()).isEqualTo(5_000);
            assertThat(server.messages()).hasSize((int) statistics.sent());
            assertThat(server.repeated).hasValue(0);
        }
    }

    private static void track(Microlift microlift, int events) {
        for (int i = 0; i < events; i++) {
            microlift.track("Page Read", "u" + i, Map.of());
        }
    }
}
