package dev.microlift.server.meter;

import static dev.microlift.server.Samples.startExperiment;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.TestServer;
import dev.microlift.server.meter.VariantMeters.Variant;
import dev.microlift.server.report.Tracked;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class VariantMetersTest {

    private static String metrics() {
        return RestAssured.get("/q/metrics").asString();
    }

    private static String line(String metric, String experiment, String variant, int count) {
        return "microlift_%s_total{experiment=\"%s\",variant=\"%s\"} %d.0"
                .formatted(metric, experiment, variant, count);
    }

    private static void evaluate(String path, String context) {
        sending("{\"context\": " + context + "}")
                .post("/ofrep/v1/evaluate/flags" + path)
                .then()
                .statusCode(200);
    }

    @Test
    void everyVariantThatIsGivenIsCounted() {
        String key =
                startExperiment("\"overrides\": {\"forced\": \"treatment\"}, \"targeting\": {\"country\": \"DE\"}");

        evaluate("/" + key, "{\"targetingKey\": \"forced\", \"country\": \"DE\"}");
        evaluate("/" + key, "{\"targetingKey\": \"forced\", \"country\": \"DE\"}");
        evaluate("", "{\"targetingKey\": \"forced\", \"country\": \"DE\"}");
        evaluate("/" + key, "{\"targetingKey\": \"u\", \"country\": \"FR\"}");

        assertThat(metrics())
                .contains(line("evaluations", key, "treatment", 3))
                .contains(line("evaluations", key, "", 1))
                .contains(line("evaluations", key, "control", 0));
    }

    @Test
    void exposuresAreCountedOnceEach() {
        String key = startExperiment("");
        Tracked tracked = new Tracked(key);
        tracked.exposure(1, "control", "").exposure(2, "treatment", "").exposure(3, "treatment", "");

        tracked.send().send();

        assertThat(metrics())
                .contains(line("exposures", key, "control", 1))
                .contains(line("exposures", key, "treatment", 2));
    }

    @Test
    void namesThatAreSentMakeNoTimeSeries() {
        String key = startExperiment("");
        Tracked foreign = new Tracked(key + "-foreign");
        foreign.exposure(1, "invented", "");
        new Tracked(key).exposure(1, "invented", "").send();

        foreign.send();

        assertThat(metrics()).doesNotContain("invented").doesNotContain(key + "-foreign");
    }

    @Test
    void anExperimentThatIsArchivedHasNoTimeSeriesAnyMore() {
        String key = startExperiment("");
        assertThat(metrics()).contains(line("evaluations", key, "control", 0));

        asAdmin().post("/api/v1/experiments/" + key + "/stop").then().statusCode(200);
        assertThat(metrics()).contains(line("evaluations", key, "control", 0));
        asAdmin().post("/api/v1/experiments/" + key + "/archive").then().statusCode(200);

        assertThat(metrics()).doesNotContain("experiment=\"" + key + "\"");
    }

    @Test
    void howManyVariantsHaveCountersIsBounded() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        VariantMeters meters = new VariantMeters(registry);
        List<Variant> many = IntStream.range(0, 3_000)
                .mapToObj(i -> new Variant("experiment-" + i, "control"))
                .toList();

        meters.know(many);
        meters.evaluations(many.get(2_999)).increment();

        assertThat(registry.getMeters()).hasSize(2 * 2_001);
        assertThat(meters.evaluations(new Variant(VariantMeters.OTHER, VariantMeters.OTHER))
                        .count())
                .isEqualTo(1);
    }
}
