package dev.microlift.server.alert;

import static dev.microlift.server.Samples.createExperiment;
import static dev.microlift.server.Samples.newKey;
import static dev.microlift.server.Samples.startExperiment;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.microlift.server.Samples;
import dev.microlift.server.TestServer;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.experiment.Experiments;
import dev.microlift.server.experiment.Status;
import dev.microlift.server.report.Tracked;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class AlertsTest {

    private static final String REFUNDS =
            "\"guardrails\": [{\"metric\": {\"key\": \"refunds\", \"event\": \"Refunded\"},"
                    + " \"margin\": 0.05, \"direction\": \"decrease\"%s}]";

    private static final String STOP = REFUNDS.formatted(", \"action\": \"stop\"");

    @Inject
    ExperimentWatch watch;

    @Inject
    ServerWatch server;

    @Inject
    Experiments experiments;

    @Inject
    Alerts alerts;

    @Inject
    ObjectMapper json;

    /** 200 units, half of them in each variant; a fifth of the control's and four fifths of the treatment's ask for a refund. */
    private static String refunding(String more) {
        String key = startExperiment(more);
        Tracked tracked = new Tracked(key);
        for (int unit = 0; unit < 200; unit++) {
            boolean treatment = unit % 2 == 1;
            tracked.exposure(unit, treatment ? "treatment" : "control", "");
            if (treatment ? unit % 10 != 1 : unit % 10 == 0) {
                tracked.event(unit, "Refunded", 5, "");
            }
        }
        tracked.send();
        return key;
    }

    /** The alerts on a subject, newest first. */
    private JsonPath listed(String subject) throws JsonProcessingException {
        String all = asAdmin()
                .get("/api/v1/alerts?limit=1000")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        ArrayNode found = json.createArrayNode();
        json.readTree(all).get("items").forEach(alert -> {
            if (alert.get("subject").asText().equals(subject)) {
                found.add(alert);
            }
        });
        return JsonPath.from(found.toString());
    }

    private Experiment judged(String key) {
        watch.judge(experiments.get(key));
        return experiments.get(key);
    }

    @Test
    void aViolatedGuardrailOpensOneAlertHoweverOftenItIsJudged() throws Exception {
        String key = refunding(REFUNDS.formatted(""));

        judged(key);
        Experiment experiment = judged(key);

        JsonPath found = listed(key + "/refunds");
        assertThat(found.getList("kind")).containsExactly("guardrailViolated");
        assertThat(found.getString("[0].experiment")).isEqualTo(key);
        assertThat(found.getString("[0].since")).isNotNull();
        assertThat(found.getString("[0].until")).isNull();
        assertThat(found.getString("[0].evidence.comparisons[0].variant")).isEqualTo("treatment");
        assertThat(found.getString("[0].evidence.comparisons[0].method")).isEqualTo("sequential");
        assertThat(experiment.status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void aGuardrailWhoseActionIsStopStopsTheExperimentOnceWithItsReason() throws Exception {
        String key = refunding(STOP);

        Experiment stopped = judged(key);

        assertThat(stopped.status()).isEqualTo(Status.STOPPED);
        assertThat(stopped.decided()).isEmpty();
        assertThat(stopped.decisionReason()).startsWith("guardrail refunds violated by treatment: lift +3.0000");
        assertThat(listed(key + "/refunds").getList("kind")).containsExactly("guardrailViolated");
    }

    @Test
    void twoGuardrailsOfOneMetricAreToldAsOneAlertAndTheOneThatStopsStops() throws Exception {
        String key = refunding("\"guardrails\": [{\"metric\": {\"key\": \"refunds\", \"event\": \"Refunded\"},"
                + " \"margin\": 0.05, \"direction\": \"decrease\"}, {\"metric\": {\"key\": \"refunds\", \"event\": \"Refunded\"},"
                + " \"margin\": 0.2, \"direction\": \"decrease\", \"action\": \"stop\"}]");

        assertThat(judged(key).status()).isEqualTo(Status.STOPPED);
        assertThat(listed(key + "/refunds").getList("kind")).containsExactly("guardrailViolated");
    }

    @Test
    void judgingTwiceAtOnceStopsOnce() {
        String key = refunding(STOP);
        Experiment seenByBoth = experiments.get(key);

        watch.judge(seenByBoth);
        long version = experiments.get(key).version();
        watch.judge(seenByBoth);

        assertThat(experiments.get(key).version()).isEqualTo(version).isEqualTo(seenByBoth.version() + 1);
    }

    @Test
    void anExperimentThatWasChangedWhileItWasJudgedIsNotStoppedByTheOldJudgement() {
        String key = refunding(STOP);
        Experiment before = experiments.get(key);
        asAdmin().post("/api/v1/experiments/" + key + "/pause").then().statusCode(200);

        watch.judge(before);
        assertThat(experiments.get(key).status()).isEqualTo(Status.PAUSED);

        assertThat(judged(key).status()).isEqualTo(Status.STOPPED);
    }

    @Test
    void countsThatDoNotFitTheWeightsAreAnAlertWithTheirFigures() throws Exception {
        String key = startExperiment("\"assignment\": \"external\"");
        Tracked tracked = new Tracked(key);
        for (int unit = 0; unit < 2_000; unit++) {
            tracked.exposure(unit, unit % 4 == 0 ? "treatment" : "control", "");
        }
        tracked.send();

        judged(key);

        JsonPath found = listed(key);
        assertThat(found.getList("kind")).containsExactly("trustInvalid");
        assertThat(found.getList("[0].evidence.checks.find { it.check == 'srm' }.counts", Integer.class))
                .containsExactly(1_500, 500);
        assertThat(found.getMap("[0].evidence.checks[0]")).doesNotContainKeys("byDay", "bySegment");
        assertThat(RestAssured.get("/q/metrics").asString())
                .contains("microlift_experiment_trust{experiment=\"" + key + "\"} 2.0");
    }

    @Test
    void aVariantThatLosesUnitsIsAnAlert() throws Exception {
        String key = startExperiment("\"assignment\": \"external\"");
        Tracked tracked = new Tracked(key);
        for (int unit = 0; unit < 600; unit++) {
            boolean treatment = unit % 2 == 1;
            tracked.exposure(unit, treatment ? "treatment" : "control", "");
            if (treatment ? unit % 4 == 1 : unit % 20 != 0) {
                tracked.event(unit, "Product Viewed", 1, "");
            }
        }
        tracked.send();

        judged(key);

        JsonPath found = listed(key);
        assertThat(found.getList("kind")).containsExactly("bucketLeaking");
        assertThat(found.getList("[0].evidence.leaks.leak")).containsExactly("trafficWithoutMicroStep");
    }

    @Test
    void anAlertIsClosedWhenItsConditionIsOver() throws Exception {
        String key = newKey("gone");
        alerts.settle(key, List.of(finding(key, 1)));
        alerts.settle(key, List.of(finding(key, 2)));
        assertThat(listed(key).getInt("[0].evidence.share")).isEqualTo(2);

        alerts.settle(key, List.of());
        assertThat(listed(key).getString("[0].until")).isNotNull();

        alerts.settle(key, List.of(finding(key, 3)));
        assertThat(listed(key).getList("evidence.share", Integer.class)).containsExactly(3, 2);
        alerts.settle(key, List.of());
    }

    @Test
    void experimentsDoNotTouchTheAlertsOfOthers() throws Exception {
        String one = newKey("one");
        String other = newKey("other");
        alerts.settle(one, List.of(finding(one, 1)));
        alerts.settle(other, List.of(finding(other, 1)));

        alerts.settle(one, List.of());

        assertThat(listed(other).getString("[0].until")).isNull();
        alerts.settle(other, List.of());
    }

    @Test
    void theListIsByStateAndInParts() {
        String key = newKey("listed");
        alerts.settle(key, List.of(finding(key, 1)));
        asAdmin()
                .get("/api/v1/alerts?state=open&limit=1")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].subject", equalTo(key))
                .body("items[0].until", nullValue());
        alerts.settle(key, List.of());

        String cursor = asAdmin()
                .get("/api/v1/alerts?state=closed&limit=1")
                .then()
                .statusCode(200)
                .body("items.until", everyItem(notNullValue()))
                .extract()
                .path("nextCursor");
        assertThat(cursor)
                .as("other tests have closed alerts, or none is left")
                .satisfiesAnyOf(
                        none -> assertThat(none).isNull(),
                        next -> asAdmin()
                                .queryParam("cursor", next)
                                .get("/api/v1/alerts?state=closed")
                                .then()
                                .statusCode(200));
        asAdmin().get("/api/v1/alerts?state=ajar").then().statusCode(400);
        asAdmin().get("/api/v1/alerts?cursor=Y2hhaXI").then().statusCode(400);
    }

    private static Finding finding(String subject, int share) {
        return new Finding(
                AlertKind.INGEST_REJECTING,
                subject,
                JsonNodeFactory.instance.objectNode().put("share", share));
    }

    @Test
    void messagesThatAreRejectedAreAnAlertOfTheServer() throws Exception {
        server.judge();
        String bad = "{\"type\": \"track\", \"event\": \"nobody did it\"}";
        sending("{\"batch\": [" + String.join(",", Collections.nCopies(200, bad)) + "]}")
                .post("/v1/batch")
                .then()
                .statusCode(200);

        server.judge();

        JsonPath found = listed("SERVER");
        assertThat(found.getString("[0].kind")).isEqualTo("ingestRejecting");
        assertThat(found.getString("[0].experiment")).isNull();
        assertThat(found.getInt("[0].evidence.rejected")).isGreaterThanOrEqualTo(200);
        alerts.settle(null, List.of());
    }

    @Test
    void openAlertsAreCountedByKind() {
        String key = newKey("counted");
        int before = alerts.open().getOrDefault(AlertKind.LOADER_BEHIND, 0);
        Finding behind = new Finding(AlertKind.LOADER_BEHIND, key, JsonNodeFactory.instance.objectNode());

        alerts.settle(key, List.of(behind));

        assertThat(alerts.open()).isEqualTo(with(alerts.open(), before + 1));
        alerts.settle(key, List.of());
        assertThat(alerts.open().getOrDefault(AlertKind.LOADER_BEHIND, 0)).isEqualTo(before);
    }

    private static Map<AlertKind, Integer> with(Map<AlertKind, Integer> open, int behind) {
        open.put(AlertKind.LOADER_BEHIND, behind);
        return open;
    }

    @Test
    void aPlanThatIsReadOnceHasNoGuardrailThatStops() {
        String experiment = Samples.experiment(
                newKey("once"), Samples.createJourney(), STOP + ", \"plan\": {\"method\": \"fixed\"}");

        sending(experiment)
                .post("/api/v1/experiments")
                .then()
                .statusCode(400)
                .body("errors.pointer", equalTo(List.of("/guardrails/0/action")))
                .body("errors.code", equalTo(List.of("contradiction")));
    }

    @Test
    void theActionOfAGuardrailIsKept() {
        String key = createExperiment(STOP);

        asAdmin().get("/api/v1/experiments/" + key).then().body("guardrails[0].action", equalTo("stop"));
    }
}
