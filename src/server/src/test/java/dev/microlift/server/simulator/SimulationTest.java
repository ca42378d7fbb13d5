package dev.microlift.server.simulator;

import static dev.microlift.server.TestServer.asAdmin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class SimulationTest {

    private static final int UNITS = 3000;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int simulate(String... options) {
        String[] arguments = Stream.concat(
                        Stream.of("--url=http://127.0.0.1:" + RestAssured.port, "--key=" + TestServer.ADMIN_KEY),
                        Stream.of(options))
                .toArray(String[]::new);
        return new CommandLine(new SimulateCommand(Clock.systemUTC()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private static JsonNode report(String experiment) throws IOException {
        return Caller.JSON.readTree(
                asAdmin().get("/api/v1/experiments/" + experiment + "/report").asString());
    }

    @Test
    void everyUnitIsExposedAndTheTrueLiftsAreFound() throws IOException {
        assertThat(simulate("--units=" + UNITS, "--seed=1", "--effect=view=+40%", "--effect=cart=10%"))
                .as(err.toString())
                .isZero();

        Shop shop = new Shop(Map.of(), Map.of(ShopStep.VIEW, 0.4, ShopStep.CART, 0.1), 40);
        JsonNode report = report("shop-1");
        Findings findings = Findings.read(report);
        assertThat(report.path("population").path("exposed").asInt()).isEqualTo(UNITS);
        assertThat(findings.exposed().values()).allMatch(exposed -> Math.abs(exposed - UNITS / 2) < 150);
        assertThat(findings.steps()).containsOnlyKeys(ShopStep.values());
        findings.steps()
                .forEach((step, finding) -> assertThat(nearlyCertain(finding).covers(shop.lift(step)))
                        .as("%s: %s of %s", step, finding.interval(), shop.lift(step))
                        .isTrue());
        assertThat(findings.steps())
                .hasEntrySatisfying(
                        ShopStep.VIEW,
                        finding -> assertThat(finding.pValue().orElseThrow()).isLessThan(0.001));
        assertThat(out.toString()).contains(", 0 duplicates, 0 rejected", "purchase*");
    }

    /**
     * The interval at five standard errors instead of two. The server draws an experiment's buckets anew each time, so
     * no seed of the visitors fixes who is compared with whom, and a 95 % interval misses one time in twenty.
     */
    private static Findings.Interval nearlyCertain(Findings.Finding finding) {
        double lift = finding.lift().orElseThrow();
        Findings.Interval interval = finding.interval().orElseThrow();
        double stretch = 5 / 1.96;
        return new Findings.Interval(
                lift - stretch * (lift - interval.lower()), lift + stretch * (interval.upper() - lift));
    }

    @Test
    void theSameRunAgainCountsNothingTwice() throws IOException {
        simulate("--units=200", "--seed=2");
        JsonNode once = report("shop-2");

        assertThat(simulate("--units=200", "--seed=2", "--threads=2", "--batch=100"))
                .isZero();

        assertThat(out.toString()).contains(" 0 accepted, ");
        assertThat(report("shop-2").path("reportHash")).isEqualTo(once.path("reportHash"));
    }

    @Test
    void crossoversAndLostUnitsShowInTheReport() throws IOException {
        assertThat(simulate("--units=1000", "--seed=3", "--crossover=20%", "--srm=60%"))
                .isZero();

        JsonNode report = report("shop-3");
        assertThat(report.path("population").path("crossovers").asInt()).isBetween(75, 205);
        assertThat(report.path("population").path("exposed").asInt()).isBetween(610, 790);
        assertThat(report.path("trust").path("verdict").asText()).isNotEqualTo("ok");
        assertThat(out.toString()).contains("units of treatment were lost, as asked for");
    }

    @Test
    void aReportCanBeReadWithoutPlaying() {
        simulate("--units=50", "--seed=4");
        String played = out.toString();

        assertThat(simulate("--seed=4", "--report-only")).isZero();

        assertThat(out.toString().substring(played.length()))
                .startsWith("Exposed: ")
                .doesNotContain("Sent");
    }
}
