package dev.microlift.server.report;

import static dev.microlift.server.Samples.createJourney;
import static dev.microlift.server.Samples.newKey;
import static dev.microlift.server.Samples.startExperiment;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.TestServer;
import dev.microlift.server.document.Sha256;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class ReportRoutesTest {

    @Inject
    ObjectMapper json;

    /** 100 units a variant; 40 of the control's and 60 of the treatment's buy, half on a phone. */
    private static String shop(String more) {
        String key = startExperiment(more);
        Tracked tracked = new Tracked(key);
        for (int unit = 0; unit < 200; unit++) {
            boolean treatment = unit % 2 == 1;
            String device = unit % 4 < 2 ? "=phone" : "desktop";
            tracked.exposure(unit, treatment ? "treatment" : "control", "\"device\": \"" + device + "\"");
            tracked.event(unit, "Product Viewed", 1, "");
            if (unit / 2 % 10 < (treatment ? 6 : 4)) {
                tracked.event(unit, "Order Completed", 2, "\"revenue\": 10");
            }
        }
        tracked.send();
        return key;
    }

    private static String path(String key, String what) {
        return "/api/v1/experiments/" + key + "/" + what;
    }

    private static List<String> lines(String path, String type) {
        return asAdmin()
                .accept(type)
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .toList();
    }

    @Test
    void countsReconcileThroughTheWholeReport() {
        String key = shop("");

        JsonPath report = Tracked.report(key, "");

        int counted = report.getList("funnel.variants.furthest.flatten()", Integer.class).stream()
                .mapToInt(Integer::intValue)
                .sum();
        assertThat(counted
                        + report.getInt("funnel.excluded.crossovers")
                        + report.getInt("funnel.excluded.overridden")
                        + report.getInt("funnel.excluded.open"))
                .isEqualTo(report.getInt("population.exposed"))
                .isEqualTo(200);
        assertThat(report.getInt("dropOff.edges.find { it.to == 'search' && it.variant == 'control' }.entrants"))
                .isEqualTo(100);
        assertThat(report.getList("association.step")).containsExactly("search", "view", "cart");
    }

    @Test
    void theHashIsThatOfTheBodyWithoutTheEnvelope() throws Exception {
        String key = shop("");

        ObjectNode report = (ObjectNode) json.readTree(
                asAdmin().get(path(key, "report")).then().extract().asString());
        String told = report.remove("reportHash").asText();
        report.remove(List.of("generatedAt", "lag"));

        assertThat(told).isEqualTo("sha256:" + Sha256.hex(json.writeValueAsBytes(report)));
    }

    @Test
    void readersAtTheSameTimeReadTheSameReport() throws Exception {
        String key = shop("\"plan\": {\"segments\": [\"device\", \"channel\"]}");
        List<Callable<String>> readers =
                Collections.nCopies(8, () -> Tracked.report(key, "").getString("reportHash"));

        ExecutorService pool = Executors.newFixedThreadPool(readers.size());
        Set<String> hashes = new HashSet<>();
        try {
            for (Future<String> hash : pool.invokeAll(readers)) {
                hashes.add(hash.get());
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(hashes).containsExactly(Tracked.report(key, "").getString("reportHash"));
    }

    @Test
    void everyBlockComesAsATable() {
        String key = shop("\"plan\": {\"segments\": [\"device\"]}");

        List<String> metrics = lines(path(key, "report"), "text/csv");
        List<String> segments = lines(path(key, "report?table=segments"), "text/csv");

        assertThat(metrics.get(0)).startsWith("step,role,denominator,variant,variants.n,variants.converted");
        assertThat(metrics).hasSize(1 + 4 * 2);
        assertThat(metrics.get(8)).startsWith("purchase,macro,maturedUnits,treatment,100,60,0.6");
        assertThat(String.join("\n", segments)).contains("'=phone").doesNotContain(",=phone");
    }

    @Test
    void aTimeSeriesEndsWithTheReportsFigures() {
        String key = shop("");

        JsonPath series = asAdmin()
                .get(path(key, "timeseries?metric=purchase"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(series.getList("points.day")).containsExactly("2026-01-05");
        assertThat(series.getList("points[0].variants.converted", Integer.class))
                .containsExactly(40, 60);
        assertThat(series.getDouble("points[0].comparisons[0].pValue"))
                .isEqualTo(Tracked.report(key, "").getDouble("metrics[3].comparisons[0].alwaysValid.pValue"));
        asAdmin().get(path(key, "timeseries?metric=chairs")).then().statusCode(400);
    }

    /** Figures of the last day, of the control and the treatment. */
    private static JsonPath lastDay(String key, String query) {
        return asAdmin()
                .get(path(key, "timeseries" + query))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .setRootPath("points[-1]");
    }

    @Test
    void everyStepHasATimeSeries() {
        String key = shop("");

        assertThat(lastDay(key, "?metric=search").getList("variants.converted", Integer.class))
                .containsExactly(100, 100);
        assertThat(lastDay(key, "?metric=cart").getList("variants.converted", Integer.class))
                .containsExactly(40, 60);
        assertThat(lastDay(key, "").getList("variants.converted", Integer.class))
                .containsExactly(40, 60);
    }

    @Test
    void aValueHasATimeSeriesOfItsMeanPerUnit() {
        JsonPath day = lastDay(shop(""), "?metric=purchase:value");

        assertThat(day.getList("variants.value.sum", Float.class)).containsExactly(400f, 600f);
        assertThat(day.getList("variants.value.mean", Float.class)).containsExactly(4f, 6f);
        assertThat(day.getDouble("comparisons[0].difference.estimate")).isEqualTo(2);
        assertThat(day.getDouble("comparisons[0].pValue")).isBetween(0.0, 1.0);
    }

    @Test
    void aTimeSeriesCanWantStepsInTheirOrder() {
        String key = shop("");

        assertThat(lastDay(key, "?metric=purchase&stepOrder=strict").getList("variants.converted", Integer.class))
                .containsExactly(0, 0);
        asAdmin().get(path(key, "timeseries?stepOrder=backwards")).then().statusCode(400);
        // The journey sums nothing on this step.
        asAdmin().get(path(key, "timeseries?metric=view:value")).then().statusCode(400);
    }

    @Test
    void everyComparedUnitIsExportedOnALineOfItsOwn() {
        String key = shop("");

        List<String> lines = lines(path(key, "units"), "application/x-ndjson");

        assertThat(lines).hasSize(200);
        JsonPath first = JsonPath.from(lines.get(0));
        assertThat(first.getString("unit")).isEqualTo(key + "-u0");
        assertThat(first.getString("variant")).isEqualTo("control");
        assertThat(first.getString("t0")).isEqualTo("2026-01-05T10:00:00.000Z");
        assertThat(first.getString("first.view")).isEqualTo("2026-01-05T10:01:00.000Z");
        assertThat(first.getMap("first")).containsEntry("search", null);
        assertThat(lines(path(key, "units"), "application/x-ndjson")).isEqualTo(lines);
    }

    @Test
    void unitsWhoseWindowIsOpenAreExportedWhenAllAreAskedFor() {
        String key = startExperiment("\"plan\": {\"window\": \"P7D\"}");
        new Tracked(key).exposure(1, "control", "").send();
        sending("""
                {"userId": "%s-new", "event": "Experiment Viewed", "properties":
                 {"experiment_id": "%s", "variation_id": "treatment"}}""".formatted(key, key)).post("/v1/track").then().statusCode(200);

        assertThat(lines(path(key, "units"), "application/x-ndjson")).hasSize(1);
        assertThat(lines(path(key, "units?population=matured"), "application/x-ndjson"))
                .hasSize(1);
        assertThat(lines(path(key, "units?population=all"), "application/x-ndjson"))
                .hasSize(2);
    }

    @Test
    void theExportOfUnitsDocumentsOnlyWhatItTakes() {
        assertThat(asAdmin()
                        .queryParam("format", "json")
                        .get("/q/openapi")
                        .jsonPath()
                        .getList("paths.'/api/v1/experiments/{key}/units'.get.parameters.name", String.class))
                .containsExactlyInAnyOrder("key", "population", "asOf", "from", "to", "journey");
    }

    @Test
    void dropOffIsToldByTheOrderThatIsWanted() {
        String key = shop("");

        JsonPath report = Tracked.report(key, "?stepOrder=strict");

        List<Integer> reach = report.getList("funnel.variants[1].reach", Integer.class);
        assertThat(reach).containsExactly(100, 0, 0, 0, 0);
        String edges = "dropOff.edges.findAll { it.variant == 'treatment' }.";
        assertThat(report.getList(edges + "entrants", Integer.class)).isEqualTo(reach.subList(0, 4));
        assertThat(report.getList(edges + "leavers", Integer.class)).containsExactly(100, 0, 0, 0);
        assertThat(report.getInt(edges + "next[0].units.sum()")).isEqualTo(100);
    }

    @Test
    void countersAreLive() {
        String key = shop("");

        asAdmin()
                .get(path(key, "live"))
                .then()
                .statusCode(200)
                .body("variants.exposed", equalTo(List.of(100, 100)))
                .body("variants.goal", equalTo(List.of(40, 60)))
                .body("variants.assigned", everyItem(nullValue()))
                .body("variants.reason", everyItem(equalTo("NOT_RECORDED")));
        asAdmin().get(path("no-such-experiment", "live")).then().statusCode(404);
    }

    @Test
    void countersComeAsServerSentEventsToo() throws Exception {
        String key = shop("");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + path(key, "live")))
                .header("X-API-Key", TestServer.ADMIN_KEY)
                .header("Accept", "text/event-stream")
                .timeout(Duration.ofMinutes(1))
                .build();

        HttpResponse<InputStream> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader events =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String data = events.lines()
                    .filter(line -> line.startsWith("data:"))
                    .findFirst()
                    .orElseThrow();
            assertThat(JsonPath.from(data.substring("data:".length())).getList("variants.goal", Integer.class))
                    .containsExactly(40, 60);
        }
    }

    @Test
    void aStoppedExperimentsReportIsStoredAndStaysAsItWas() throws Exception {
        String key = shop("");
        asAdmin().post(path(key, "stop")).then().statusCode(200);
        JsonPath listed = stored(key);

        String first = snapshot(key, listed.getInt("items[0].id"));
        new Tracked(key + "-later")
                .at(1, "Product Viewed", "2026-01-05T10:30:00Z", "")
                .send();

        assertThat(listed.getString("items[0].occasion")).isEqualTo("stop");
        assertThat(JsonPath.from(first).getString("reportHash")).isEqualTo(listed.getString("items[0].reportHash"));
        assertThat(snapshot(key, listed.getInt("items[0].id"))).isEqualTo(first);
        asAdmin().get(path(key, "snapshots/0")).then().statusCode(404);
        asAdmin().get(path(key, "snapshots/chair")).then().statusCode(404);
    }

    private static String snapshot(String key, int id) {
        return asAdmin()
                .get(path(key, "snapshots/" + id))
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    /** Stored within moments of the stop; asked for until it is there. */
    private static JsonPath stored(String key) throws InterruptedException {
        Object lock = new Object();
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (true) {
            JsonPath listed = asAdmin()
                    .get(path(key, "snapshots"))
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            if (!listed.getList("items").isEmpty() || System.nanoTime() > deadline) {
                return listed;
            }
            synchronized (lock) {
                lock.wait(100);
            }
        }
    }

    private static String journeyWithTraffic() {
        String journey = newKey("traffic");
        sending("""
                {"key": "%1$s", "steps": [{"key": "view", "event": "%1$s view"}],
                 "goal": {"key": "buy", "event": "%1$s buy", "value": "revenue"}}""".formatted(journey)).post("/api/v1/journeys").then().statusCode(201);
        Tracked tracked = new Tracked(journey);
        for (int unit = 0; unit < 600; unit++) {
            // A week after the other 200: first half of those who viewed bought, then a tenth, at last nobody.
            int week = unit / 200;
            String day = List.of("2026-01-05", "2026-01-12", "2026-01-19").get(week);
            tracked.at(unit, journey + " view", day + "T10:00:00Z", "");
            if (week == 0 && unit % 2 == 0 || week == 1 && unit % 10 == 0) {
                tracked.at(unit, journey + " buy", day + "T11:00:00Z", "\"revenue\": 20");
            }
        }
        tracked.send();
        return journey;
    }

    @Test
    void allTrafficOfAJourneyHasAReportWithItsLeaks() {
        String journey = journeyWithTraffic();

        JsonPath report = asAdmin()
                .get("/api/v1/journeys/" + journey + "/report?from=2026-01-12&to=2026-01-19&window=P1D")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(report.getInt("population.units")).isEqualTo(200);
        assertThat(report.getList("funnel.variants[0].reach", Integer.class)).containsExactly(200, 200, 20);
        String stuck = "leaks.find { it.leak == 'microStepWithoutGoal' && it.part == 'all' }.";
        assertThat(report.getBoolean(stuck + "rising")).isTrue();
        // 80 goals fewer than in the week before, in 7 days.
        assertThat(report.getDouble(stuck + "lostGoalsPerDay")).isEqualTo(80 / 7.0, within(1e-5));
        asAdmin()
                .get("/api/v1/journeys/" + journey + "/report?from=2026-01-19&to=2026-01-12")
                .then()
                .statusCode(400);
        assertThat(lines(
                                "/api/v1/journeys/" + journey + "/report?from=2026-01-12&to=2026-01-19&table=leaks",
                                "text/csv")
                        .get(0))
                .startsWith("leak,part,units,of,share,baseline");
    }

    @Test
    void aJourneysReportOfAPastTimeTakesItsDaysBackFromThen() {
        String journey = journeyWithTraffic();

        JsonPath report = traffic(journey, "?asOf=2026-01-12T12:00:00Z");

        assertThat(report.getString("analysis.to")).isEqualTo("2026-01-13T00:00:00.000Z");
        assertThat(report.getString("analysis.from")).isEqualTo("2025-12-16T00:00:00.000Z");
        assertThat(report.getInt("population.units")).isEqualTo(400);
        assertThat(traffic(journey, "?asOf=2026-01-12").getString("analysis.to"))
                .isEqualTo("2026-01-12T00:00:00.000Z");
    }

    @Test
    void aJourneysReportOfAPastTimeStaysWhateverElseHappens() {
        String journey = journeyWithTraffic();
        String query = "?asOf=2026-01-20&window=P1D";
        String hash = traffic(journey, query).getString("reportHash");
        sending("{\"userId\": \"somebody\", \"event\": \"Something Else\"}")
                .post("/v1/track")
                .then()
                .statusCode(200);

        assertThat(traffic(journey, query).getString("reportHash")).isEqualTo(hash);
        assertThat(traffic(journey, query).getString("watermark")).isEqualTo("2026-01-20T00:00:00.000Z");
    }

    @Test
    void ofAJourneyATimeThatIsStillToComeIsNow() {
        String journey = journeyWithTraffic();
        new Tracked(journey + "-now")
                .at(1, journey + " view", Instant.now().toString(), "")
                .send();

        JsonPath report = traffic(journey, "?asOf=2100-01-01");

        assertThat(report.getInt("population.units")).isEqualTo(1);
        assertThat(report.getInt("population.matured")).isZero();
        assertThat(report.getString("analysis.asOf")).isNull();
    }

    private static JsonPath traffic(String journey, String query) {
        return asAdmin()
                .get("/api/v1/journeys/" + journey + "/report" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void aGoalOfAllTrafficThatStopsIsALeak() {
        String journey = journeyWithTraffic();

        JsonPath stuck = asAdmin()
                .get("/api/v1/journeys/" + journey + "/report?from=2026-01-19&to=2026-01-26&window=P1D")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .setRootPath("leaks.find { it.leak == 'microStepWithoutGoal' && it.part == 'all' }");

        assertThat(stuck.getDouble("share")).isEqualTo(1);
        assertThat(stuck.getBoolean("rising")).isTrue();
        // The 20 goals of the week before, in 7 days.
        assertThat(stuck.getDouble("lostGoalsPerDay")).isEqualTo(20 / 7.0, within(1e-5));
        assertThat(stuck.getString("reason")).isNull();
    }

    @Test
    void aVariantThatLeaksSinceADayIsComparedWithItsOwnEarlierDays() {
        String key = startExperiment("\"assignment\": \"external\", \"plan\": {\"window\": \"P1D\"}");
        Tracked tracked = new Tracked(key);
        for (int unit = 0; unit < 800; unit++) {
            // Four days of 100 units a variant; on the third day the treatment brings no goal at all.
            String day = "2026-01-%02dT10:%02d:00Z";
            int date = 5 + unit / 200;
            boolean broken = unit % 2 == 1 && date == 7;
            tracked.at(
                    unit,
                    "Experiment Viewed",
                    day.formatted(date, 0),
                    "\"experiment_id\": \"%s\", \"variation_id\": \"%s\""
                            .formatted(key, unit % 2 == 0 ? "control" : "treatment"));
            tracked.at(unit, "Product Viewed", day.formatted(date, 1), "");
            if (!broken && unit / 2 % 2 == 0) {
                tracked.at(unit, "Order Completed", day.formatted(date, 2), "\"revenue\": 10");
            }
        }
        tracked.send();

        JsonPath report = Tracked.report(key, "").setRootPath("leaks.findAll { it.baseline == 'earlierDays' }");

        assertThat(report.getList("findAll { it.rising }.part")).containsExactly("2026-01-07, treatment");
        assertThat(report.getList("findAll { it.rising }.leak")).containsExactly("microStepWithoutGoal");
        assertThat(report.getList("findAll { it.rising }.lostGoalsPerDay", Float.class))
                .containsExactly(50f);
        assertThat(report.getList("part.unique()"))
                .containsExactly("2026-01-08, control", "2026-01-07, treatment", "2026-01-08, treatment");
    }

    @Test
    void fewExperimentsSayNothingAboutSurrogates() {
        String journey = createJourney();

        asAdmin()
                .get("/api/v1/journeys/" + journey + "/surrogacy")
                .then()
                .statusCode(200)
                .body("steps.step", equalTo(List.of("search", "view", "cart")))
                .body("steps[0].slope.estimate", equalTo(null))
                .body("steps[0].reason", equalTo("TOO_FEW_TRIALS"));
    }

    @Test
    void aPlanWithoutBaselinesNeedsRecentTraffic() {
        String journey = createJourney();

        sending("{\"journey\": \"%s\", \"lift\": 0.1}".formatted(journey))
                .post("/api/v1/plan")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/baselines"));
    }
}
