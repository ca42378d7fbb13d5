package dev.microlift.server.report.snapshot;

import static dev.microlift.server.Samples.startExperiment;
import static dev.microlift.server.TestServer.asAdmin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.TestServer;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.experiment.Experiments;
import dev.microlift.server.report.Tracked;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class DailySnapshotTest {

    @Inject
    Snapshots snapshots;

    @Inject
    Experiments experiments;

    @Test
    void aRunningExperimentsReportIsStoredOnceADay() {
        String key = startExperiment("");
        new Tracked(key).exposure(1, "control", "").send();
        Experiment experiment = experiments.get(key);

        snapshots.store(experiment, Occasion.DAILY);
        String report = Tracked.report(key, "").getString("reportHash");
        new Tracked(key + "-more").exposure(2, "control", "").send();
        snapshots.store(experiment, Occasion.DAILY);

        JsonPath listed = asAdmin()
                .get("/api/v1/experiments/" + key + "/snapshots")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(listed.getList("items.occasion")).containsExactly("daily");
        assertThat(listed.getString("items[0].reportHash")).isEqualTo(report);
    }
}
