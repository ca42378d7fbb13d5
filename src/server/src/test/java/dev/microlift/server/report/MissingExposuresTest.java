package dev.microlift.server.report;

import static dev.microlift.server.Samples.newKey;
import static dev.microlift.server.Samples.startExperiment;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Units with steps that never saw a variant: a hole in the tracking only where everybody was to see one. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class MissingExposuresTest {

    private static final String CHECK = "trust.checks.find { it.check == 'eventsWithoutExposure' }.";

    /** The report of an experiment of which twenty units see a variant and twenty more only do a step. */
    private static JsonPath reportOf(String more) {
        String key = startExperiment(more);
        return reportOf(key, new Tracked(key));
    }

    private static JsonPath reportOf(String key, Tracked tracked) {
        String now = Instant.now().toString();
        for (int unit = 0; unit < 40; unit++) {
            if (unit < 20) {
                tracked.exposure(unit, "control", "");
            }
            tracked.at(unit, "Product Viewed", now, "");
        }
        tracked.send();
        return Tracked.report(key, "");
    }

    private static String createLayer() {
        String key = newKey("layer");
        sending("{\"key\": \"" + key + "\"}").post("/api/v1/layers").then().statusCode(201);
        return key;
    }

    private static void assertThatNoneIsMissing(JsonPath report) {
        assertThat(report.getString(CHECK + "reason")).isEqualTo("EXPECTED");
        assertThat(report.getString(CHECK + "verdict")).isEqualTo("ok");
        assertThat(report.getInt(CHECK + "units")).isGreaterThanOrEqualTo(20);
    }

    @Test
    void theyAreMissingWhereEverybodyTakesPart() {
        JsonPath report = reportOf("");

        assertThat(report.getString(CHECK + "verdict")).isEqualTo("warn");
        assertThat(report.getString(CHECK + "reason")).isNull();
    }

    @Test
    void theTrafficKeepsUnitsOut() {
        assertThatNoneIsMissing(reportOf("\"traffic\": 0.5"));
    }

    @Test
    void theTargetingKeepsUnitsOut() {
        assertThatNoneIsMissing(reportOf("\"targeting\": {\"country\": \"DE\"}"));
    }

    @Test
    void theEntryStepKeepsUnitsOut() {
        assertThatNoneIsMissing(reportOf("\"entryStep\": \"search\""));
    }

    @Test
    void theLayersOtherExperimentsKeepUnitsOut() {
        assertThatNoneIsMissing(reportOf("\"layer\": \"" + createLayer() + "\""));
    }

    @Test
    void aHoldoutKeepsUnitsOut() {
        // It is about everything that starts on its type of units while it is there.
        String unitType = newKey("unit");
        String ofType = "\"unitType\": \"" + unitType + "\"";
        sending("{\"key\": \"" + newKey("holdout") + "\", \"share\": 0.1, " + ofType + "}")
                .post("/api/v1/holdouts")
                .then()
                .statusCode(201);
        String key = startExperiment(ofType);

        assertThatNoneIsMissing(reportOf(key, Tracked.ofType(key, unitType)));
    }
}
