package dev.microlift.server.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlayTest {

    private static final int UNITS = 40;
    private static final String FLAG = "POST /ofrep/v1/evaluate/flags/e";
    private static final String BATCH = "POST /v1/batch";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-05-01T12:00:00Z"), ZoneOffset.UTC);
    private static final Crowd CROWD = new Crowd(UNITS, 42, Duration.ofDays(1), 0.1, 0.1);

    private StubServer server;
    private Tally tally;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
        tally = new Tally();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void play(int batch, int threads) {
        Caller caller = new Caller(new Target(server.url(), "key"), RetryPolicy.BRISK, duration -> {}, () -> 0);
        new Play(
                        caller,
                        new Variants(caller, "e"),
                        new Visitors(new Shop(Map.of(), Map.of(), 40), CROWD),
                        new Messages("e", 42, CLOCK.instant()),
                        new Play.Pace(batch, threads),
                        tally,
                        CLOCK)
                .play(UNITS);
    }

    private static String assigned(Arm arm) {
        return "{\"reason\": \"SPLIT\", \"variant\": \"" + arm.key() + "\", \"metadata\": {\"inExperiment\": true}}";
    }

    private List<JsonNode> batches() throws IOException {
        List<JsonNode> batches = new ArrayList<>();
        for (String body : server.bodies(BATCH)) {
            batches.add(Caller.JSON.readTree(body).path("batch"));
        }
        return batches;
    }

    private List<JsonNode> messages() throws IOException {
        List<JsonNode> messages = new ArrayList<>();
        batches().forEach(batch -> batch.forEach(messages::add));
        return messages;
    }

    @Test
    void theSameMessagesAreSentWhateverTheThreadsAndBatches() throws IOException {
        server.on(FLAG, 200, assigned(Arm.CONTROL)).on(BATCH, 200, "{\"accepted\": 1}");
        play(1000, 1);
        List<JsonNode> byOne = messages();

        play(7, 4);
        List<JsonNode> byAll = messages().subList(byOne.size(), 2 * byOne.size());

        assertThat(byOne).hasSizeGreaterThan(UNITS);
        assertThat(byAll).containsExactlyInAnyOrderElementsOf(byOne);
        assertThat(messages()).hasSize(2 * byOne.size());
    }

    @Test
    void batchesAreFilledAndTheLastOneIsSentToo() throws IOException {
        server.on(FLAG, 200, assigned(Arm.CONTROL)).on(BATCH, 200, "{\"accepted\": 1}");

        play(7, 1);

        List<Integer> sizes = batches().stream().map(JsonNode::size).toList();
        assertThat(sizes.subList(0, sizes.size() - 1)).containsOnly(7);
        assertThat(sizes.get(sizes.size() - 1)).isBetween(1, 7);
        assertThat(tally.counts().units()).isEqualTo(UNITS);
        assertThat(tally.counts().accepted()).isEqualTo(sizes.size());
    }

    @Test
    void unitsOutsideAndLostUnitsSendNothing() {
        server.on(FLAG, 200, "{\"reason\": \"DEFAULT\", \"metadata\": {\"inExperiment\": false}}");

        play(1000, 2);

        assertThat(server.bodies(BATCH)).isEmpty();
        assertThat(tally.counts().outside()).isEqualTo(UNITS);
    }

    @Test
    void lostUnitsAreCounted() throws IOException {
        server.on(FLAG, 200, assigned(Arm.TREATMENT)).on(BATCH, 200, "{}");

        play(1000, 2);

        long exposed = messages().stream()
                .filter(message -> message.path("messageId").asText().endsWith("-exposure"))
                .count();
        assertThat(tally.counts().lost()).isPositive().isEqualTo(UNITS - exposed);
    }

    @Test
    void theFirstRefusalEndsTheRun() {
        server.on(FLAG, 200, assigned(Arm.CONTROL)).on(BATCH, 413, "{\"title\": \"Too large\"}");

        assertThatExceptionOfType(SimulationException.class)
                .isThrownBy(() -> play(5, 2))
                .withMessage("the server answered 413 to POST /v1/batch: Too large");
    }

    @Test
    void anExperimentThatEndsEndsTheRun() {
        server.on(FLAG, 200, assigned(Arm.CONTROL))
                .on(FLAG, 200, "{\"reason\": \"STATIC\"}")
                .on(BATCH, 200, "{}");

        assertThatExceptionOfType(SimulationException.class)
                .isThrownBy(() -> play(5, 2))
                .withMessage("the experiment e does not run any more");
    }
}
