package dev.microlift.server.report;

import static dev.microlift.server.Samples.newKey;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leaks of a journey in its usual report: the last 28 days, of which the last seven have not matured. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class TrafficLeaksTest {

    private static final int DAYS = 70;
    private static final int OF_THE_REPORT = 28;

    private final String journey = newKey("journey");
    private final Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
    private final List<String> lines = new ArrayList<>();

    /** About a type of units of its own: all units with any event are traffic, also those of other tests. */
    @BeforeEach
    void createJourney() {
        sending("""
                {"key": "%1$s", "unitType": "%1$s", "steps": [{"key": "view", "event": "%1$s view"}],
                 "goal": {"key": "buy", "event": "%1$s buy"}}""".formatted(journey)).post("/api/v1/journeys").then().statusCode(201);
    }

    private void did(int daysAgo, String unit, String event) {
        lines.add("""
                {"type": "track", "messageId": "%1$s-%2$d", "event": "%1$s %5$s", "timestamp": "%6$s",
                 "context": {"units": {"%1$s": "%3$d-%4$s"}}}""".formatted(journey, lines.size(), daysAgo, unit, event, today.minus(Duration.ofDays(daysAgo)))
                .replace("\n", ""));
    }

    private JsonPath leaks() {
        asAdmin()
                .contentType("application/x-ndjson; charset=UTF-8")
                .body(String.join("\n", lines).getBytes(UTF_8))
                .post("/v1/import")
                .then()
                .statusCode(200);
        return asAdmin()
                .get("/api/v1/journeys/" + journey + "/report")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .setRootPath("leaks");
    }

    private static String of(String kind) {
        return "find { it.leak == '" + kind + "' && it.part == 'all' }.";
    }

    @Test
    void trafficThatStaysAsItIsHasNoLeak() {
        for (int day = 1; day <= DAYS; day++) {
            for (int i = 0; i < 10; i++) {
                did(day, "viewer" + i, "view");
                did(day, "idle" + i, "other");
            }
        }

        JsonPath leaks = leaks();

        String idle = of("trafficWithoutMicroStep");
        assertThat(leaks.getDouble(idle + "share")).isEqualTo(0.5, within(1e-9));
        assertThat(leaks.getDouble(idle + "baselineShare")).isEqualTo(0.5, within(1e-9));
        assertThat(leaks.getBoolean(idle + "rising")).isFalse();
    }

    @Test
    void lostGoalsAreThoseOfADayOnWhichUnitsWereCounted() {
        for (int day = 1; day <= DAYS; day++) {
            for (int i = 0; i < 10; i++) {
                did(day, "viewer" + i, "view");
                if (day > OF_THE_REPORT || i < 5) {
                    did(day, "viewer" + i, "buy");
                }
            }
        }

        JsonPath leaks = leaks();

        String stuck = of("microStepWithoutGoal");
        assertThat(leaks.getBoolean(stuck + "rising")).isTrue();
        assertThat(leaks.getDouble(stuck + "lostGoalsPerDay")).isBetween(4.5, 5.5);
    }
}
