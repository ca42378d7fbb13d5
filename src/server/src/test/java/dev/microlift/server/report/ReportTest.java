package dev.microlift.server.report;

import static dev.microlift.server.Samples.createExperiment;
import static dev.microlift.server.Samples.startExperiment;
import static dev.microlift.server.TestServer.as;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.newKey;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class ReportTest {

    /** The tests say who sees what, so the hash does not. */
    private static final String EXTERNAL = "\"assignment\": \"external\"";

    private static String track(String key, String unit, String event, int minute, String properties) {
        return """
                {"type": "track", "messageId": "%1$s-%2$s-%3$s-%4$d", "userId": "%2$s", "event": "%3$s",
                 "timestamp": "2026-01-05T10:%4$02d:00Z", "properties": {%5$s}}""".formatted(key, unit, event, minute, properties);
    }

    private static String exposure(String key, String unit, String variant, int minute) {
        return track(
                key,
                unit,
                "Experiment Viewed",
                minute,
                "\"experiment_id\": \"%s\", \"variation_id\": \"%s\"".formatted(key, variant));
    }

    private static void send(List<String> messages) {
        for (int from = 0; from < messages.size(); from += 1000) {
            List<String> part = messages.subList(from, Math.min(from + 1000, messages.size()));
            sending("{\"batch\": [" + String.join(",", part) + "]}")
                    .post("/v1/batch")
                    .then()
                    .statusCode(200)
                    .body("rejected.size()", equalTo(0));
        }
    }

    /** 40 units a variant; half of the control's and three quarters of the treatment's buy. */
    private static List<String> shop(String key) {
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            String unit = key + "-u" + i;
            String variant = i % 2 == 0 ? "control" : "treatment";
            messages.add(exposure(key, unit, variant, 0));
            messages.add(track(key, unit, "Product Viewed", 1, ""));
            if (i % 2 == 0 ? i % 4 == 0 : i % 8 != 1) {
                messages.add(track(key, unit, "Order Completed", 2, "\"revenue\": " + (10 + i / 7.0)));
            }
        }
        return messages;
    }

    private static JsonPath report(String key) {
        return asAdmin()
                .get("/api/v1/experiments/" + key + "/report")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void ratesLiftsAndFunnelCountUnitsOnce() {
        String key = startExperiment(EXTERNAL);
        send(shop(key));

        JsonPath report = report(key);

        assertThat(report.getInt("population.exposed")).isEqualTo(80);
        assertThat(report.getInt("population.bots")).isZero();
        assertThat(report.getMap("lag")).isEqualTo(Map.of("messages", 0, "seconds", 0));
        assertThat(report.getList("metrics.step")).containsExactly("search", "view", "cart", "purchase");
        assertThat(report.getList("metrics[3].variants.converted", Integer.class))
                .containsExactly(20, 30);
        assertThat(report.getDouble("metrics[3].comparisons[0].lift.estimate")).isEqualTo(0.5);
        assertThat(report.getList("metrics[0].variants.performed", Integer.class))
                .containsExactly(0, 0);
        assertThat(report.getList("metrics[0].variants.converted", Integer.class))
                .containsExactly(40, 40);
        assertThat(report.getList("funnel.variants[1].reach", Integer.class)).containsExactly(40, 40, 40, 30, 30);
        assertThat(report.getList("funnel.variants[1].furthest", Integer.class)).containsExactly(0, 0, 10, 0, 30);
        assertThat(report.getString("metrics[3].comparisons[0].reason")).isNull();
        assertThat(report.getString("trust.verdict")).isEqualTo("ok");
    }

    @Test
    void anyOrderAndRepetitionOfTheSameMessagesGiveTheSameHash() {
        String key = startExperiment(EXTERNAL);
        List<String> messages = shop(key);
        send(messages);
        JsonPath first = report(key);
        Collections.shuffle(messages, new Random(7));
        send(messages);

        assertThat(report(key).getString("reportHash")).isEqualTo(first.getString("reportHash"));

        String again = startExperiment(EXTERNAL);
        Collections.shuffle(messages, new Random(8));
        send(messages.stream().map(message -> message.replace(key, again)).toList());
        JsonPath other = report(again);
        for (String block : List.of("population", "trust", "metrics", "funnel")) {
            assertThat(other.getString(block)).isEqualTo(first.getString(block));
        }
    }

    @Test
    void withTooFewUnitsFiguresAreNullWithTheirReason() {
        String key = startExperiment("");
        send(List.of(exposure(key, key + "a", "control", 0), exposure(key, key + "b", "treatment", 0)));

        asAdmin()
                .get("/api/v1/experiments/" + key + "/report")
                .then()
                .body("metrics.collect { it.comparisons[0].pValue }", everyItem(nullValue()))
                .body("metrics.collect { it.comparisons[0].significant }", everyItem(nullValue()))
                .body("metrics.collect { it.comparisons[0].reason }", everyItem(notNullValue()));
    }

    @Test
    void withAWindowOnlyMaturedUnitsCountUnlessAllAreAskedFor() {
        String key = startExperiment("\"plan\": {\"window\": \"P7D\"}");
        send(List.of(exposure(key, key + "old", "control", 0)));
        sending("""
                {"userId": "%snew", "event": "Experiment Viewed", "properties":
                 {"experiment_id": "%s", "variation_id": "treatment"}}""".formatted(key, key)).post("/v1/track").then().statusCode(200);

        asAdmin()
                .get("/api/v1/experiments/" + key + "/report")
                .then()
                .body("population.exposed", equalTo(2))
                .body("population.matured", equalTo(1))
                .body("analysis.provisional", equalTo(false))
                .body("metrics[0].denominator", equalTo("maturedUnits"))
                .body("metrics[0].variants.n", equalTo(List.of(1, 0)));
        asAdmin()
                .queryParam("population", "all")
                .get("/api/v1/experiments/" + key + "/report")
                .then()
                .body("analysis.provisional", equalTo(true))
                .body("metrics[0].denominator", equalTo("exposedUnits"))
                .body("metrics[0].variants.n", equalTo(List.of(1, 1)));
    }

    @Test
    void aSampleRatioThatDoesNotFitBlocksEveryConclusion() {
        String key = startExperiment("");
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            messages.add(exposure(key, key + i, i % 4 == 0 ? "control" : "treatment", 0));
        }
        send(messages);
        asAdmin().post("/api/v1/experiments/" + key + "/stop").then().statusCode(200);

        asAdmin()
                .get("/api/v1/experiments/" + key + "/report")
                .then()
                .body("trust.verdict", equalTo("invalid"))
                .body("trust.checks[0].check", equalTo("srm"))
                .body("metrics.collect { it.comparisons[0].significant }", everyItem(nullValue()));
    }

    /** Units that come on a day, of which so many of each variant buy within the minute. */
    private static void arrive(String key, String batch, int day, int units, int control, int treatment) {
        Tracked messages = new Tracked(key + batch);
        for (int i = 0; i < units; i++) {
            String variant = i % 2 == 0 ? "control" : "treatment";
            messages.at(
                    i,
                    "Experiment Viewed",
                    "2026-01-%02dT10:00:00Z".formatted(day),
                    "\"experiment_id\": \"%s\", \"variation_id\": \"%s\"".formatted(key, variant));
            if (i / 2 < (i % 2 == 0 ? control : treatment)) {
                messages.at(i, "Order Completed", "2026-01-%02dT10:00:00Z".formatted(day), "");
            }
        }
        messages.send();
    }

    @ParameterizedTest
    @CsvSource({"hybrid, '\"window\": \"P1D\",'", "fixed, '\"window\": \"P1D\",'", "hybrid, ''", "fixed, ''"})
    void theFinalAnalysisIsNotRepeated(String method, String window) {
        String key = startExperiment(
                EXTERNAL + ", \"plan\": {%s \"method\": \"%s\", \"plannedUnits\": 400}".formatted(window, method));
        String goal = "metrics[3].comparisons[0].";

        arrive(key, "a", 5, 200, 30, 40);
        JsonPath before = report(key);
        assertThat(before.getString("verdict.decision")).isEqualTo("continue");
        assertThat(before.getMap(goal + "finalAnalysis")).isNull();
        assertThat(before.getString(goal + "reason")).isEqualTo(method.equals("fixed") ? "READ_ONCE" : null);

        arrive(key, "b", 6, 200, 30, 38);
        JsonPath end = report(key);
        assertThat(end.getString("verdict.decision")).isEqualTo("inconclusive");
        assertThat(end.getDouble(goal + "finalAnalysis.pValue")).isEqualTo(end.getDouble(goal + "pValue"));

        arrive(key, "c", 15, 200, 30, 38);
        JsonPath after = report(key);
        assertThat(after.getDouble(goal + "pValue")).isLessThan(0.04);
        assertThat(after.getMap(goal + "finalAnalysis")).isEqualTo(end.getMap(goal + "finalAnalysis"));
        assertThat(after.getBoolean(goal + "significant")).isFalse();
        assertThat(after.getString("verdict.decision")).isEqualTo("inconclusive");
    }

    @Test
    void onlyTheGoalOfTheFirstJourneyInTheUsualOrderDecides() {
        String key = dev.microlift.server.Samples.newKey("goals");
        List<String> journeys = List.of(journey(key + "-order", "Order Completed"), journey(key + "-tip", "Tip Given"));
        sending("""
                {"key": "%s", "journeys": ["%s", "%s"], "assignment": "external",
                 "variants": [{"key": "control"}, {"key": "treatment"}]}""".formatted(key, journeys.get(0), journeys.get(1)))
                .post("/api/v1/experiments")
                .then()
                .statusCode(201);
        asAdmin().post("/api/v1/experiments/" + key + "/start").then().statusCode(200);
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String unit = key + "-u" + i;
            messages.add(exposure(key, unit, i % 2 == 0 ? "control" : "treatment", 0));
            if (i % 2 == 0 ? i % 4 == 0 : i % 20 != 1) {
                messages.add(track(key, unit, "Product Viewed", 1, ""));
                messages.add(track(key, unit, "Tip Given", 2, ""));
            }
        }
        send(messages);

        String other = "?journey=" + journeys.get(1);
        assertThat(verdict(key, "")).containsExactly("continue", "NOT_YET");
        assertThat(Tracked.report(key, other).getBoolean("metrics[1].comparisons[0].significant"))
                .isTrue();
        assertThat(verdict(key, other)).containsExactly("continue", "NOT_THE_DECISION_METRIC");
        assertThat(verdict(key, "?stepOrder=strict")).containsExactly("continue", "NOT_THE_DECISION_METRIC");
    }

    private static List<String> verdict(String key, String query) {
        JsonPath report = Tracked.report(key, query);
        return List.of(report.getString("verdict.decision"), report.getString("verdict.because[0].code"));
    }

    private static String journey(String key, String goal) {
        sending("""
                {"key": "%s", "steps": [{"key": "view", "event": "Product Viewed"}],
                 "goal": {"key": "goal", "event": "%s"}}""".formatted(key, goal)).post("/api/v1/journeys").then().statusCode(201);
        return key;
    }

    @Test
    void aReportOfATimeBeforeTheStopKnowsNothingOfIt() {
        String key = startExperiment(EXTERNAL);
        send(shop(key));
        asAdmin().post("/api/v1/experiments/" + key + "/stop").then().statusCode(200);

        asAdmin()
                .queryParam("asOf", "2026-01-06T00:00:00Z")
                .get("/api/v1/experiments/" + key + "/report")
                .then()
                .body("trust.checks.find { it.check == 'srm' }.isFinal", equalTo(false))
                .body("verdict.decision", equalTo("continue"))
                .body("verdict.because[0].code", equalTo("NOT_YET"));
        asAdmin()
                .get("/api/v1/experiments/" + key + "/report")
                .then()
                .body("trust.checks.find { it.check == 'srm' }.isFinal", equalTo(true))
                .body("verdict.because[0].code", equalTo("END_REACHED"));
    }

    /** So many units a variant who come now; a tenth of the control's and half of the treatment's buy at once. */
    private static void arriveNow(String key, int units) {
        Tracked messages = new Tracked(key);
        String now = Instant.now().toString();
        for (int i = 0; i < 2 * units; i++) {
            boolean treatment = i % 2 == 1;
            messages.at(
                    i,
                    "Experiment Viewed",
                    now,
                    "\"experiment_id\": \"%s\", \"variation_id\": \"%s\""
                            .formatted(key, treatment ? "treatment" : "control"));
            if (i / 2 % 10 < (treatment ? 5 : 1)) {
                messages.at(i, "Order Completed", now, "");
            }
        }
        messages.send();
    }

    @Test
    void theStopMaturesNoUnitWhoseWindowIsOpen() {
        String key = startExperiment(EXTERNAL + ", \"plan\": {\"window\": \"P7D\", \"plannedUnits\": 400}");
        arriveNow(key, 200);
        asAdmin().post("/api/v1/experiments/" + key + "/stop").then().statusCode(200);

        JsonPath report = report(key);
        assertThat(report.getInt("population.matured")).isZero();
        assertThat(report.getInt("population.open")).isEqualTo(400);
        assertThat(report.getBoolean("analysis.plannedEndReached")).isFalse();
        assertThat(report.getString("verdict.decision")).isEqualTo("inconclusive");
        assertThat(Tracked.report(key, "?population=all").getString("verdict.decision"))
                .isNotEqualTo("ship");
    }

    @Test
    void aTimeThatIsStillToComeIsNow() {
        String key = startExperiment(EXTERNAL + ", \"plan\": {\"window\": \"P7D\", \"plannedUnits\": 400}");
        arriveNow(key, 200);
        String later = Instant.now().plus(Duration.ofDays(30)).toString();

        JsonPath report = Tracked.report(key, "?asOf=" + later);
        assertThat(Instant.parse(report.getString("asOf"))).isBefore(Instant.parse(later));
        assertThat(report.getInt("population.matured")).isZero();
        assertThat(report.getString("verdict.decision")).isEqualTo("continue");
    }

    /** Something that has to do with no experiment. */
    private static void somethingElse() {
        sending("{\"userId\": \"somebody\", \"event\": \"Something Else\"}")
                .post("/v1/track")
                .then()
                .statusCode(200);
    }

    @Test
    void theReportOfAPastTimeStaysWhateverElseHappens() {
        String key = startExperiment(EXTERNAL);
        send(shop(key));
        String query = "?asOf=2026-01-06";
        somethingElse();
        String hash = Tracked.report(key, query).getString("reportHash");
        somethingElse();

        assertThat(Tracked.report(key, query).getString("reportHash")).isEqualTo(hash);
        assertThat(Tracked.report(key, query).getString("watermark")).isEqualTo("2026-01-06T00:00:00.000Z");
    }

    @Test
    void theReportOfAStoppedExperimentStaysWhateverElseHappens() {
        String key = startExperiment(EXTERNAL);
        send(shop(key));
        asAdmin().post("/api/v1/experiments/" + key + "/stop").then().statusCode(200);
        somethingElse();
        JsonPath first = report(key);
        somethingElse();

        assertThat(report(key).getString("reportHash")).isEqualTo(first.getString("reportHash"));
        assertThat(first.getString("watermark")).isEqualTo(first.getString("experiment.stoppedAt"));
    }

    @Test
    void anExposureRecordedOnEvaluationIsInTheReport() {
        String key = startExperiment("\"exposure\": \"onEvaluation\"");
        for (int i = 0; i < 2; i++) {
            sending("{\"context\": {\"targetingKey\": \"" + key + "-u\"}}")
                    .post("/ofrep/v1/evaluate/flags/" + key)
                    .then()
                    .body("metadata.exposureLogged", equalTo(true));
        }

        assertThat(report(key).getInt("population.exposed")).isEqualTo(1);
    }

    @Test
    void exposuresOfAnExperimentCreatedLaterAreInItsReport() {
        String key = dev.microlift.server.Samples.newKey("later");
        send(List.of(exposure(key, key + "u", "control", 0)));
        String journey = dev.microlift.server.Samples.createJourney();
        sending(dev.microlift.server.Samples.experiment(key, journey, "\"assignment\": \"external\""))
                .post("/api/v1/experiments")
                .then()
                .statusCode(201);

        assertThat(report(key).getInt("population.exposed")).isEqualTo(1);
    }

    @Test
    void viewersReadReportsAndClientsDoNot() {
        String path = "/api/v1/experiments/" + createExperiment("") + "/report";

        as(newKey("viewer")).get(path).then().statusCode(200);
        as(newKey("client")).get(path).then().statusCode(403);
        as(newKey("server")).get(path).then().statusCode(403);
    }
}
