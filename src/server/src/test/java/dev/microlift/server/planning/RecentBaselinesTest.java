package dev.microlift.server.planning;

import static dev.microlift.server.Samples.newKey;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A plan that is told no baselines takes those of the journey's own traffic. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class RecentBaselinesTest {

    private final String journey = newKey("journey");
    private final List<String> messages = new ArrayList<>();

    private void message(int unit, String event, Instant time, String properties) {
        messages.add("""
                {"type": "track", "messageId": "%1$s-%2$d", "userId": "%1$s-u%3$d", "event": "%1$s %4$s",
                 "timestamp": "%5$s", "properties": {%6$s}}""".formatted(journey, messages.size(), unit, event, time, properties));
    }

    /** So many units view, half of them buy for 20. */
    private void traffic(int units) {
        sending("""
                {"key": "%1$s", "steps": [{"key": "view", "event": "%1$s view"}],
                 "goal": {"key": "buy", "event": "%1$s buy", "value": "revenue"}}""".formatted(journey)).post("/api/v1/journeys").then().statusCode(201);
        Instant then = Instant.now().minus(Duration.ofDays(20));
        for (int unit = 0; unit < units; unit++) {
            message(unit, "view", then, "");
            if (unit % 2 == 0) {
                message(unit, "buy", then.plusSeconds(60), "\"revenue\": 20");
            }
        }
        sending("{\"batch\": [" + String.join(",", messages) + "]}")
                .post("/v1/batch")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(messages.size()));
    }

    private ValidatableResponse plan() {
        return sending("{\"journey\": \"%s\", \"lift\": 0.1}".formatted(journey))
                .post("/api/v1/plan")
                .then();
    }

    @Test
    void baselinesAreThoseOfTheLastFourWeeks() {
        traffic(280);

        JsonPath plan = plan().statusCode(200).extract().jsonPath();

        assertThat(plan.getList("steps.baseline", Float.class)).containsExactly(1f, 0.5f);
        assertThat(plan.getDouble("value.baseline")).isEqualTo(10, within(1e-9));
        // Every other unit is 10 above the mean, the others are as much below: 10 * sqrt(280 / 279).
        assertThat(plan.getDouble("value.sd")).isEqualTo(10.0179, within(1e-4));
        assertThat(plan.getInt("recentTraffic.units")).isEqualTo(280);
    }

    @Test
    void unitsADayAreCountedFromTheDayOfTheFirst() {
        traffic(280);

        JsonPath plan = plan().statusCode(200).extract().jsonPath();

        // They came 20 days ago, and those of the last 7 days cannot have been followed for a week.
        assertThat(plan.getDouble("recentTraffic.dailyUnits")).isEqualTo(280 / 13.0, within(1e-6));
        assertThat(plan.getDouble("assumptions.dailyUnits")).isEqualTo(280 / 13.0, within(1e-6));
        assertThat(Duration.between(
                        Instant.parse(plan.getString("recentTraffic.from")),
                        Instant.parse(plan.getString("recentTraffic.to"))))
                .isEqualTo(Duration.ofDays(13));
    }

    @Test
    void tooFewUnitsSayNothing() {
        traffic(99);

        plan().statusCode(400).body("errors.pointer", hasItem("/baselines"));
    }
}
