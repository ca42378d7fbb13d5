package dev.microlift.server.report;

import static dev.microlift.server.Samples.createExperiment;
import static dev.microlift.server.Samples.newKey;
import static dev.microlift.server.Samples.startExperiment;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever the data are, a report is complete: what cannot be said is null, with a reason. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class HostileReportTest {

    private static final List<String> BLOCKS = List.of(
            "experiment",
            "asOf",
            "engine",
            "analysis",
            "population",
            "trust",
            "journey",
            "metrics",
            "funnel",
            "dropOff",
            "decomposition",
            "bounds",
            "yield",
            "association",
            "timeToStep",
            "sensitivity",
            "guardrails",
            "segments",
            "leaks",
            "verdict",
            "reportHash");

    private static JsonPath complete(String key, String query) {
        String text = asAdmin()
                .get("/api/v1/experiments/" + key + "/report" + query)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(text).doesNotContain("NaN").doesNotContain("Infinity");
        JsonPath report = JsonPath.from(text);
        assertThat(report.<String, Object>getMap("$").keySet()).containsAll(BLOCKS);
        for (String table : List.of("metrics", "funnel", "dropOff", "segments", "leaks", "trust", "verdict")) {
            asAdmin()
                    .accept("text/csv")
                    .get("/api/v1/experiments/" + key + "/report?table=" + table)
                    .then()
                    .statusCode(200);
        }
        return report;
    }

    private static final String GUARDED =
            "\"guardrails\": [{\"metric\": {\"key\": \"refunds\", \"event\": \"Order Refunded\"}, "
                    + "\"direction\": \"decrease\"}], \"plan\": {\"segments\": [\"device\"], \"preExposure\": \"P7D\"}";

    @Test
    void withoutExposures() {
        for (String key : List.of(startExperiment(GUARDED), createExperiment(GUARDED))) {
            JsonPath report = complete(key, "");

            assertThat(report.getInt("population.exposed")).isZero();
            assertThat(report.getString("metrics[3].comparisons[0].reason")).isEqualTo("TOO_FEW_UNITS");
            assertThat(report.getString("segments[0].reason")).isEqualTo("NO_UNITS");
            assertThat(report.getString("verdict.decision")).isEqualTo("continue");
        }
    }

    @Test
    void withOneUnit() {
        String key = startExperiment(GUARDED);
        new Tracked(key).exposure(1, "control", "").send();

        assertThat(complete(key, "").getInt("population.exposed")).isEqualTo(1);
    }

    @Test
    void withOneArmEmpty() {
        String key = startExperiment(GUARDED);
        Tracked tracked = new Tracked(key);
        IntStream.range(0, 30).forEach(unit -> tracked.exposure(unit, "control", "\"device\": \"phone\""));
        tracked.send();

        JsonPath report = complete(key, "");

        assertThat(report.getString("metrics[3].comparisons[0].reason")).isEqualTo("TOO_FEW_UNITS");
        assertThat(report.getString("segments[0].values[0].value")).isEqualTo("phone");
    }

    private static String converting(boolean everybody) {
        String key = startExperiment(GUARDED);
        Tracked tracked = new Tracked(key);
        for (int unit = 0; unit < 100; unit++) {
            tracked.exposure(unit, unit % 2 == 0 ? "control" : "treatment", "");
            if (everybody) {
                tracked.event(unit, "Order Completed", 1, "\"revenue\": 5");
            }
        }
        tracked.send();
        return key;
    }

    @Test
    void whenEverybodyConverts() {
        JsonPath report = complete(converting(true), "");

        assertThat(report.getDouble("metrics[3].variants[0].rate")).isEqualTo(1);
        assertThat(report.getString("metrics[3].comparisons[0].reason")).isEqualTo("INSUFFICIENT_CONVERSIONS");
    }

    @Test
    void whenNobodyReachesTheGoal() {
        JsonPath report = complete(converting(false), "");

        assertThat(report.getDouble("metrics[3].variants[0].rate")).isZero();
        assertThat(report.getString("decomposition[0].total.reason")).isEqualTo("EMPTY_STEP");
        assertThat(report.getString("sensitivity[3].reason")).isNotNull();
    }

    @Test
    void whenTheWindowIsLongerThanTheData() {
        String key = startExperiment("\"plan\": {\"window\": \"P3650D\"}");
        new Tracked(key).exposure(1, "control", "").send();

        JsonPath report = complete(key, "");

        assertThat(report.getInt("population.matured")).isZero();
        assertThat(report.getInt("population.open")).isEqualTo(1);
        assertThat(report.getInt("funnel.excluded.open")).isEqualTo(1);
    }

    @Test
    void whenItSpeaksOfATimeBeforeTheStart() {
        JsonPath report = complete(converting(true), "?asOf=2001-01-01T00:00:00Z");

        assertThat(report.getInt("population.exposed")).isZero();
        assertThat(report.getString("asOf")).isEqualTo("2001-01-01T00:00:00.000Z");
    }

    @Test
    void withAnAttributeThatNoUnitHas() {
        JsonPath report = complete(converting(true), "?segment=no-such-attribute");

        assertThat(report.getList("segments.attribute")).containsExactly("no-such-attribute");
        assertThat(report.getList("segments[0].values.value")).containsExactly("(none)");
    }

    @Test
    void withOneStep() {
        String journey = newKey("one-step");
        sending("{\"key\": \"%s\", \"goal\": {\"key\": \"buy\", \"event\": \"Order Completed\"}, \"steps\": []}"
                        .formatted(journey))
                .post("/api/v1/journeys")
                .then()
                .statusCode(201);
        String key = newKey("experiment");
        sending(dev.microlift.server.Samples.experiment(key, journey, ""))
                .post("/api/v1/experiments")
                .then()
                .statusCode(201);

        JsonPath report = complete(key, "");

        assertThat(report.getList("metrics")).hasSize(1);
        assertThat(report.getList("association")).isEmpty();
    }

    @Test
    void withFortyStepsAndTwelveArms() {
        String journey = newKey("long-way");
        String steps = IntStream.range(0, 39)
                .mapToObj(step -> "{\"key\": \"s%1$d\", \"event\": \"%2$s %1$d\"}".formatted(step, journey))
                .collect(Collectors.joining(","));
        sending("{\"key\": \"%s\", \"steps\": [%s], \"goal\": {\"key\": \"goal\", \"event\": \"%s goal\"}}"
                        .formatted(journey, steps, journey))
                .post("/api/v1/journeys")
                .then()
                .statusCode(201);
        String key = newKey("experiment");
        String variants = IntStream.range(0, 12)
                .mapToObj(arm -> "{\"key\": \"v" + arm + "\"}")
                .collect(Collectors.joining(","));
        sending("{\"key\": \"%s\", \"journeys\": [\"%s\"], \"variants\": [%s]}".formatted(key, journey, variants))
                .post("/api/v1/experiments")
                .then()
                .statusCode(201);
        asAdmin().post("/api/v1/experiments/" + key + "/start").then().statusCode(200);
        Tracked tracked = new Tracked(key);
        for (int unit = 0; unit < 240; unit++) {
            tracked.exposure(unit, "v" + unit % 12, "");
            for (int step = 0; step < unit % 40; step++) {
                tracked.event(unit, journey + " " + step, 1 + step, "");
            }
        }
        tracked.send();

        JsonPath report = complete(key, "");

        assertThat(report.getList("metrics")).hasSize(40);
        assertThat(report.getList("metrics[0].comparisons")).hasSize(11);
    }

    @Test
    void aWrongParameterIsNamed() {
        String path = "/api/v1/experiments/" + createExperiment("") + "/report";
        for (String query : List.of(
                "asOf=yesterday",
                "from=x",
                "asOf=%2B999999999-12-31T23:59:59Z",
                "to=-999999999-01-01T00:00:00Z",
                "from=2026-01-19&to=2026-01-19",
                "to=2030-13-01",
                "population=some",
                "stepOrder=any",
                "segment=,",
                "journey=no")) {
            asAdmin()
                    .get(path + "?" + query)
                    .then()
                    .statusCode(400)
                    .body("detail", containsString(query.substring(0, query.indexOf('='))));
        }
        asAdmin()
                .accept("text/csv")
                .get(path + "?table=chairs")
                .then()
                .statusCode(400)
                .body(containsString("table is one of"));
    }
}
