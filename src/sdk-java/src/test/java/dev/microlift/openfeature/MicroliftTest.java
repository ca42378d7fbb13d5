package dev.microlift.openfeature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.assignment.Outside;
import dev.openfeature.sdk.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MicroliftTest {

    private static final Duration BOUND = Duration.ofSeconds(60);

    private final FakeServer server = new FakeServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void unitGetsValueAndVariantOfItsBucket() {
        try (Microlift microlift = Microlift.start(server.options().build())) {
            Assigned treated = microlift.assign("button", "u1", Map.of());
            Assigned control = microlift.assign("button", "1000000", Map.of());

            assertThat(treated.variant()).contains("treatment");
            assertThat(treated.booleanOr(false)).isTrue();
            assertThat(treated.reason()).isEqualTo("SPLIT");
            assertThat(treated.version()).isEqualTo(3);
            assertThat(control.variant()).contains("control");
            assertThat(control.booleanOr(true)).isFalse();
        }
    }

    @Test
    void valueOfAnotherTypeIsTheFallback() {
        server.configuration = Payloads.of(Payloads.valued("text", "\"a\""), Payloads.valued("number", "1.5"));
        try (Microlift microlift = Microlift.start(server.options().build())) {
            Assigned text = microlift.assign("text", "u1", Map.of());
            Assigned number = microlift.assign("number", "u1", Map.of());

            assertThat(text.textOr("b")).isEqualTo("a");
            assertThat(text.numberOr(2)).isEqualTo(2);
            assertThat(text.booleanOr(true)).isTrue();
            assertThat(number.numberOr(2)).isEqualTo(1.5);
            assertThat(number.textOr("b")).isEqualTo("b");
        }
    }

    @Test
    void unknownExperimentAndMissingUnitAreErrorsWithoutValue() {
        try (Microlift microlift = Microlift.start(server.options().build())) {
            assertThat(microlift.assign("nobody-made-this", "u1", Map.of()).error())
                    .contains(ErrorCode.FLAG_NOT_FOUND);
            assertThat(microlift.assign("button", " ", Map.of()).error()).contains(ErrorCode.TARGETING_KEY_MISSING);
        }
    }

    @Test
    void exposureIsSentOncePerUnitWithTheAttributesAtThatTime() {
        Clock clock = Clock.fixed(Instant.parse("2026-11-22T10:00:00.123Z"), ZoneOffset.UTC);
        try (Microlift microlift = Microlift.start(server.options().clock(clock).build())) {
            Map<String, Object> attributes =
                    new HashMap<>(Map.of("country", "DE", "age", 42, "tags", List.of("a"), "vip", true));
            microlift.assign("button", "u1", attributes);
            attributes.put("country", "FR");
            microlift.assign("button", "u1", attributes);

            assertThat(microlift.flush(BOUND)).isTrue();
            List<Map<?, ?>> exposures = server.messages("Experiment Viewed");
            assertThat(exposures).hasSize(1);
            Map<?, ?> exposure = exposures.get(0);
            assertThat((String) exposure.get("messageId")).matches("exposure-[0-9a-f-]{36}-1");
            assertThat(exposure.get("type")).isEqualTo("track");
            assertThat(exposure.get("userId")).isEqualTo("u1");
            assertThat(exposure.get("timestamp")).isEqualTo("2026-11-22T10:00:00.123Z");
            assertThat(exposure.get("properties"))
                    .isEqualTo(Map.of(
                            "experiment_id", "button",
                            "variation_id", "treatment",
                            "country", "DE",
                            "age", 42,
                            "vip", true));
            assertThat(microlift.statistics()).isEqualTo(new SendingStatistics(0, 1, 0, 0, 0));
        }
    }

    @Test
    void twoProcessesExposeAUnitUnderIdsOfTheirOwn() {
        for (int process = 0; process < 2; process++) {
            try (Microlift microlift = Microlift.start(server.options().build())) {
                microlift.assign("button", "u1", Map.of());
            }
        }

        assertThat(server.messages("Experiment Viewed")).hasSize(2);
        assertThat(server.repeated).hasValue(0);
    }

    @Test
    void newRunOfTheExperimentIsANewExposure() {
        try (Microlift microlift = Microlift.start(server.options().build())) {
            microlift.assign("button", "u1", Map.of());
            String other = "77aa01b2c3d4e5f6";
            server.configuration = server.configuration.replace(Payloads.SEED, other);
            Eventually.until("the new seed is in use", () -> {
                microlift.assign("button", "u1", Map.of());
                microlift.flush(BOUND);
                return server.messages("Experiment Viewed").size() == 2;
            });
        }
    }

    @Test
    void manyThreadsExposeAUnitOnce() {
        try (Microlift microlift = Microlift.start(server.options().build())) {
            IntStream.range(0, 20_000).parallel().forEach(i -> microlift.assign("button", "unit-" + i % 100, Map.of()));

            assertThat(microlift.flush(BOUND)).isTrue();
            assertThat(server.messages("Experiment Viewed")).hasSize(100);
            assertThat(microlift.statistics().sent()).isEqualTo(100);
        }
    }

    @Test
    void onlyUnitsInTheExperimentAreExposed() {
        server.configuration = Payloads.of(
                Payloads.experiment("targeted", "user", ", \"condition\": {\"country\": \"DE\"}", "", "false", "true"),
                Payloads.inactive("inactive"));
        try (Microlift microlift = Microlift.start(server.options().build())) {
            microlift.assign("inactive", "u1", Map.of());
            microlift.assign("targeted", "qa-1", Map.of());
            assertThat(microlift.assign("targeted", "u1", Map.of()).outside()).contains(Outside.TARGETING);

            assertThat(microlift.statistics().queued()).isZero();
            microlift.assign("targeted", "u1", Map.of("country", "DE"));
            microlift.flush(BOUND);
            assertThat(microlift.statistics().sent()).isEqualTo(1);
        }
    }

    @Test
    void allAssignmentsAtOnceExposeNobody() {
        server.configuration = Payloads.many(100);
        try (Microlift microlift = Microlift.start(server.options().build())) {
            Assignments all = microlift.assignAll("u1", Map.of());

            assertThat(all).hasSize(100);
            assertThat(all.of("experiment-7").orElseThrow()).isSameAs(all.get(7));
            assertThat(all.of("nobody-made-this")).isEmpty();
            assertThat(all)
                    .allSatisfy(assigned ->
                            assertThat(assigned).isEqualTo(microlift.assign(assigned.experiment(), "u1", Map.of())));
            microlift.flush(BOUND);
            assertThat(microlift.statistics().sent()).isEqualTo(100);
        }
    }

    @Test
    void otherUnitTypesAreReadFromTheAttributes() {
        server.configuration =
                Payloads.of(Payloads.experiment("plan", "account", "", "", "false", "true"), Payloads.button());
        try (Microlift microlift = Microlift.start(server.options().build())) {
            assertThat(microlift.assign("plan", "u1", Map.of()).outside()).contains(Outside.NO_UNIT);
            assertThat(microlift
                            .assign("plan", "1000000", Map.of("account", "u1"))
                            .variant())
                    .contains("treatment");
            microlift.track("Order Completed", "u1", Map.of("account", 42, "anonymous", "a1"), Map.of("revenue", 9.5));

            microlift.flush(BOUND);
            Map<?, ?> exposure = server.messages("Experiment Viewed").get(0);
            assertThat(exposure.get("context")).isEqualTo(Map.of("units", Map.of("account", "u1")));
            assertThat(exposure.containsKey("userId")).isFalse();
            Map<?, ?> order = server.messages("Order Completed").get(0);
            assertThat(order.get("userId")).isEqualTo("u1");
            assertThat(order.get("anonymousId")).isEqualTo("a1");
            assertThat(order.get("context")).isEqualTo(Map.of("units", Map.of("account", "42")));
            assertThat(order.get("properties")).isEqualTo(Map.of("revenue", 9.5));
        }
    }

    @Test
    void conditionOnTheUsersIdIsToldWhoTheUnitIs() {
        server.configuration = Payloads.of(Payloads.experiment(
                "button", "user", ", \"condition\": {\"id\": {\"$regex\": \"^u\"}}", "", "false", "true"));
        try (Microlift microlift = Microlift.start(server.options().build())) {
            assertThat(microlift.assign("button", "u1", Map.of()).inExperiment())
                    .isTrue();
            assertThat(microlift.assignAll("u1", Map.of()).get(0).inExperiment())
                    .isTrue();
            assertThat(microlift.assign("button", "1000000", Map.of()).outside())
                    .contains(Outside.TARGETING);
        }
    }

    @Test
    void attributeThatIsCalledUserDoesNotReplaceTheUnit() {
        try (Microlift microlift = Microlift.start(server.options().build())) {
            Map<String, String> premium = Map.of("user", "premium");
            microlift.assign("button", "u1", premium);
            microlift.track("Order Completed", "u1", premium, Map.of());

            microlift.flush(BOUND);
            assertThat(server.messages())
                    .hasSize(2)
                    .allSatisfy(message -> assertThat(message.get("userId")).isEqualTo("u1"));
        }
    }

    @Test
    void sameEventTwiceIsTwoEvents() {
        try (Microlift microlift = Microlift.start(server.options().build())) {
            microlift.track("Page Read", "u1", Map.of("seconds", 3));
            microlift.track("Page Read", "u1", Map.of("seconds", 3));

            microlift.flush(BOUND);
            assertThat(server.messages("Page Read")).hasSize(2);
        }
    }

    @Test
    void exposedUnitStaysInAStickyExperimentThatNoLongerTargetsIt() {
        server.configuration = Payloads.of(Payloads.experiment(
                "button", "user", ", \"condition\": {\"country\": \"DE\"}", ", \"sticky\": true", "false", "true"));
        try (Microlift microlift = Microlift.start(server.options().build())) {
            assertThat(microlift.assign("button", "u1", Map.of()).inExperiment())
                    .isFalse();
            microlift.assign("button", "u1", Map.of("country", "DE"));

            assertThat(microlift.assign("button", "u1", Map.of("country", "FR")).variant())
                    .contains("treatment");
            assertThat(microlift.assignAll("u1", Map.of()).get(0).inExperiment())
                    .isTrue();
            assertThat(microlift.assign("button", "u2", Map.of("country", "FR")).inExperiment())
                    .isFalse();
        }
    }

    @Test
    void withoutRecordingNothingIsSentAndStickinessStays() {
        server.configuration = Payloads.of(Payloads.experiment(
                "button", "user", ", \"condition\": {\"country\": \"DE\"}", ", \"sticky\": true", "false", "true"));
        try (Microlift microlift =
                Microlift.start(server.options().recordExposures(false).build())) {
            microlift.assign("button", "u1", Map.of("country", "DE"));

            assertThat(microlift.assign("button", "u1", Map.of()).inExperiment())
                    .isTrue();
            assertThat(microlift.statistics()).isEqualTo(new SendingStatistics(0, 0, 0, 0, 0));
        }
    }

    @Test
    void faultyExperimentIsUnknownAndItsNeighboursWork() {
        server.configuration = Payloads.of(
                Payloads.experiment("faulty", "user", ", \"condition\": 7", "", "false", "true"), Payloads.button());
        try (Microlift microlift = Microlift.start(server.options().build())) {
            assertThat(microlift.assign("faulty", "u1", Map.of()).error()).contains(ErrorCode.FLAG_NOT_FOUND);
            assertThat(microlift.assign("button", "u1", Map.of()).inExperiment())
                    .isTrue();
        }
    }
}
