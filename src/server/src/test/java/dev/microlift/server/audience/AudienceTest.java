package dev.microlift.server.audience;

import static dev.microlift.server.Samples.newKey;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.microlift.server.TestServer;
import dev.microlift.server.report.Tracked;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class AudienceTest {

    /** A journey on which 1000 units filled their cart now, of whom every tenth bought. */
    private static String journey() {
        String journey = newKey("cart");
        sending("""
                {"key": "%1$s", "steps": [{"key": "cart", "event": "%1$s cart"}],
                 "goal": {"key": "buy", "event": "%1$s buy"}}""".formatted(journey)).post("/api/v1/journeys").then().statusCode(201);
        Tracked tracked = new Tracked(journey);
        String now = Instant.now().minusSeconds(60).toString();
        for (int unit = 0; unit < 1000; unit++) {
            tracked.at(unit, journey + " cart", now, "");
            if (unit % 10 == 0) {
                tracked.at(unit, journey + " buy", now, "");
            }
        }
        tracked.send();
        return journey;
    }

    private static String path(String journey, String query) {
        return "/api/v1/journeys/" + journey + "/audience?" + query;
    }

    private static List<String> lines(Response response) {
        return response.then().statusCode(200).extract().asString().lines().toList();
    }

    @Test
    void unitsThatReachedOneStepAndNotTheOtherAreListed() {
        String journey = journey();

        List<String> lines = lines(asAdmin().get(path(journey, "reached=cart&notReached=buy&within=P1D")));

        assertThat(lines).hasSize(900);
        assertThat(JsonPath.from(lines.get(0)).getString("unit")).isEqualTo(journey + "-u1");
        assertThat(JsonPath.from(lines.get(0)).getString("reachedAt")).isNotNull();
        List<String> table =
                lines(asAdmin().accept("text/csv").get(path(journey, "reached=cart&notReached=buy&within=P1D")));
        assertThat(table).hasSize(901);
        assertThat(table.get(0)).isEqualTo("unit,variant,since,reachedAt");
    }

    @Test
    void whoBoughtAfterTheWindowOrAfterTheStopHasBought() {
        String journey = newKey("cart");
        sending("""
                {"key": "%1$s", "steps": [{"key": "cart", "event": "%1$s cart"}],
                 "goal": {"key": "buy", "event": "%1$s buy"}}""".formatted(journey)).post("/api/v1/journeys").then().statusCode(201);
        sending("""
                {"key": "%1$s", "journeys": ["%1$s"], "assignment": "external", "plan": {"window": "P1D"},
                 "variants": [{"key": "a"}, {"key": "b"}]}""".formatted(journey)).post("/api/v1/experiments").then().statusCode(201);
        asAdmin().post("/api/v1/experiments/" + journey + "/start").then().statusCode(200);
        Instant now = Instant.now();
        for (String unit : List.of("late", "after", "never")) {
            did(
                    unit,
                    "Experiment Viewed",
                    now.minus(Duration.ofDays(4)),
                    "\"experiment_id\": \"" + journey + "\", \"variation_id\": \"a\"");
            did(unit, journey + " cart", now.minus(Duration.ofDays(4)).plusSeconds(1), "");
        }
        did("late", journey + " buy", now.minus(Duration.ofDays(2)), "");
        asAdmin().post("/api/v1/experiments/" + journey + "/stop").then().statusCode(200);
        did("after", journey + " buy", Instant.now(), "");

        List<String> lines =
                lines(asAdmin().get(path(journey, "reached=cart&notReached=buy&within=P7D&experiment=" + journey)));

        assertThat(lines).hasSize(1);
        assertThat(JsonPath.from(lines.get(0)).getString("unit")).isEqualTo("never");
    }

    private static void did(String unit, String event, Instant time, String properties) {
        sending("""
                {"batch": [{"type": "track", "userId": "%s", "event": "%s", "timestamp": "%s", "properties": {%s}}]}""".formatted(unit, event, time, properties))
                .post("/v1/batch")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1));
    }

    @Test
    void aShareHeldBackBecomesAnExperiment() {
        String journey = journey();

        Response response = asAdmin().post(path(journey, "reached=cart&notReached=buy&within=P1D&holdBack=0.2"));
        List<String> exported = lines(response);
        int heldBack = Integer.parseInt(response.header("Microlift-Held-Back"));
        String experiment = response.header("Microlift-Experiment");

        assertThat(exported).hasSize(900 - heldBack);
        assertThat(heldBack).isBetween(120, 240);
        asAdmin()
                .get("/api/v1/experiments/" + experiment + "/report")
                .then()
                .statusCode(200)
                .body("experiment.status", equalTo("running"))
                .body("population.exposed", equalTo(900))
                .body("metrics[0].variants.n", equalTo(List.of(heldBack, 900 - heldBack)))
                .body("trust.checks[0].verdict", equalTo("ok"));
    }

    @Test
    void aWrongParameterIsNamed() {
        String journey = journey();

        for (String query : List.of("reached=chairs", "notReached=chairs", "within=soon", "variant=control")) {
            asAdmin().get(path(journey, query)).then().statusCode(400);
        }
        asAdmin().get(path(journey, "experiment=no-such-experiment")).then().statusCode(404);
        asAdmin().post(path(journey, "holdBack=2")).then().statusCode(400);
        asAdmin().post(path(journey, "reached=cart")).then().statusCode(400);
    }
}
