package dev.microlift.server.report;

import static dev.microlift.server.Samples.newKey;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Published experiments, written as tracking messages, imported and reported. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class RealDataTest {

    private static final double ALPHA = 0.05;

    @Test
    void hillstromsEmailTestGivesItsPublishedFigures() {
        List<String[]> rows = SharedData.table("hillstrom/hillstrom.csv.gz");
        Trial trial = new Trial(
                List.of("no-e-mail", "mens-e-mail", "womens-e-mail"),
                row -> row[8].toLowerCase(Locale.ROOT).replace(' ', '-'),
                List.of(
                        new Outcome("visit", row -> row[9].equals("1"), row -> 0),
                        new Outcome("conversion", row -> row[10].equals("1"), row -> Double.parseDouble(row[11]))));

        JsonPath report = trial.run(rows);

        assertThat(report.getList("population.perVariant.exposed", Integer.class))
                .containsExactly(21306, 21307, 21387);
        assertThat(percents(report, "visit")).containsExactly("10.617", "18.276", "15.140");
        assertThat(percents(report, "conversion")).containsExactly("0.573", "1.253", "0.884");
        assertThat(figures(report, "metrics.find { it.step == 'conversion' }.variants.value.mean", "%.5f"))
                .containsExactly("0.65279", "1.42262", "1.07720");
        assertThat(report.getDouble("trust.checks[0].pValue")).isCloseTo(0.904, within(0.0005));
        assertThat(report.getString("trust.verdict")).isEqualTo("ok");
        trial.checkComparisons(report, rows);
    }

    @Test
    void theCookieCatsGateTestGivesItsPublishedFigures() {
        List<String[]> rows = SharedData.table("cookie_cats/cookie_cats.csv.gz");
        Trial trial = new Trial(
                List.of("gate_30", "gate_40"),
                row -> row[1],
                List.of(
                        new Outcome("day-1", row -> row[3].equals("TRUE"), row -> 0),
                        new Outcome("day-7", row -> row[4].equals("TRUE"), row -> 0)));

        JsonPath report = trial.run(rows);

        assertThat(figures(report, "metrics.find { it.step == 'day-7' }.variants.rate", "%.6f"))
                .containsExactly("0.190201", "0.182000");
        assertThat(report.getList("metrics.find { it.step == 'day-1' }.variants.performed", Integer.class))
                .containsExactly(20034, 20119);
        assertThat(report.getDouble("trust.checks[0].pValue")).isCloseTo(0.0086, within(0.00005));
        assertThat(report.getString("trust.verdict")).isEqualTo("warn");
        trial.checkComparisons(report, rows);
    }

    private static List<String> percents(JsonPath report, String step) {
        return report.getList("metrics.find { it.step == '" + step + "' }.variants.rate", Double.class).stream()
                .map(rate -> String.format(Locale.ROOT, "%.3f", 100 * rate))
                .toList();
    }

    private static List<String> figures(JsonPath report, String path, String format) {
        return report.getList(path, Double.class).stream()
                .map(figure -> String.format(Locale.ROOT, format, figure))
                .toList();
    }

    /** What a row says of one step. */
    private record Outcome(String step, Predicate<String[]> did, ToDoubleFunction<String[]> value) {}

    /** A data set: its arms, the control first, and its steps, the goal last. */
    private record Trial(List<String> arms, java.util.function.Function<String[], String> arm, List<Outcome> outcomes) {

        JsonPath run(List<String[]> rows) {
            String key = newKey("trial");
            create(key);
            importMessages(key, rows);
            JsonPath report = asAdmin()
                    .get("/api/v1/experiments/" + key + "/report")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath(JsonPathConfig.jsonPathConfig().numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE));
            assertThat(report.getInt("population.exposed")).isEqualTo(rows.size());
            return report;
        }

        private void create(String key) {
            String steps = "{\"key\": \"%1$s\", \"event\": \"%2$s %1$s\"}"
                    .formatted(outcomes.get(0).step(), key);
            sending(
                            "{\"key\": \"%s\", \"steps\": [%s], \"goal\": {\"key\": \"%s\", \"event\": \"%s %s\", \"value\": \"spend\"}}"
                                    .formatted(
                                            key,
                                            steps,
                                            outcomes.get(1).step(),
                                            key,
                                            outcomes.get(1).step()))
                    .post("/api/v1/journeys")
                    .then()
                    .statusCode(201);
            List<String> variants = arms.stream()
                    .map(arm -> "{\"key\": \"" + arm + "\", \"weight\": 1}")
                    .toList();
            sending("{\"key\": \"%s\", \"journeys\": [\"%s\"], \"assignment\": \"external\", \"variants\": %s}"
                            .formatted(key, key, variants))
                    .post("/api/v1/experiments")
                    .then()
                    .statusCode(201);
            asAdmin().post("/api/v1/experiments/" + key + "/start").then().statusCode(200);
        }

        private void importMessages(String key, List<String[]> rows) {
            StringBuilder lines = new StringBuilder();
            int count = 0;
            for (int unit = 0; unit < rows.size(); unit++) {
                String[] row = rows.get(unit);
                count += line(
                        lines,
                        key,
                        unit,
                        0,
                        "Experiment Viewed",
                        "\"experiment_id\": \"%s\", \"variation_id\": \"%s\"".formatted(key, arm.apply(row)));
                for (int step = 0; step < outcomes.size(); step++) {
                    Outcome outcome = outcomes.get(step);
                    if (outcome.did().test(row)) {
                        count += line(
                                lines,
                                key,
                                unit,
                                step + 1,
                                key + " " + outcome.step(),
                                "\"spend\": " + outcome.value().applyAsDouble(row));
                    }
                }
            }
            Imported.send(lines, count);
        }

        private static int line(
                StringBuilder lines, String key, int unit, int minute, String event, String properties) {
            lines.append("""
                    {"type": "track", "messageId": "%s-%d-%d", "userId": "%d", "event": "%s", \
                    "timestamp": "2008-03-20T00:0%d:00Z", "properties": {%s}}
                    """.formatted(key, unit, minute, unit, event, minute, properties));
            return 1;
        }

        /** Every comparison equals one made from the rows themselves by other routes. */
        void checkComparisons(JsonPath report, List<String[]> rows) {
            for (int step = 0; step < outcomes.size(); step++) {
                // A unit has reached a step if it did it or a later one.
                List<Outcome> reaching = outcomes.subList(step, outcomes.size());
                ToDoubleFunction<String[]> reached = row ->
                        reaching.stream().anyMatch(outcome -> outcome.did().test(row)) ? 1 : 0;
                for (int arm = 1; arm < arms.size(); arm++) {
                    String path = "metrics[" + step + "].comparisons[" + (arm - 1) + "].";
                    assertThat(report.getString(path + "variant")).isEqualTo(arms.get(arm));
                    check(
                            report,
                            path,
                            IndependentComparison.of(
                                    values(rows, arms.get(0), reached), values(rows, arms.get(arm), reached), ALPHA));
                }
            }
            for (int arm = 1; arm < arms.size() && report.getDouble("metrics[1].variants[0].value.sum") > 0; arm++) {
                check(
                        report,
                        "metrics[1].comparisons[" + (arm - 1) + "].value.",
                        IndependentComparison.of(
                                values(rows, arms.get(0), outcomes.get(1).value()),
                                values(rows, arms.get(arm), outcomes.get(1).value()),
                                ALPHA));
            }
        }

        private double[] values(List<String[]> rows, String wanted, ToDoubleFunction<String[]> value) {
            return rows.stream()
                    .filter(row -> arm.apply(row).equals(wanted))
                    .mapToDouble(value)
                    .toArray();
        }

        private static void check(JsonPath report, String path, IndependentComparison expected) {
            Offset<Double> close = within(1e-9);
            assertThat(report.getDouble(path + "difference.estimate"))
                    .isCloseTo(expected.meanTreatment() - expected.meanControl(), close);
            List<Double> difference = doubles(report, path + "difference.ci");
            assertThat(difference.get(0)).isCloseTo(expected.differenceLow(), close);
            assertThat(difference.get(1)).isCloseTo(expected.differenceHigh(), close);
            assertThat(report.getDouble(path + "lift.estimate"))
                    .isCloseTo(expected.meanTreatment() / expected.meanControl() - 1, close);
            List<Double> lift = doubles(report, path + "lift.ci");
            assertThat(lift.get(0)).isCloseTo(expected.liftLow(), close);
            assertThat(lift.get(1)).isCloseTo(expected.liftHigh(), close);
            assertThat(report.getDouble(path + "pValue") / expected.p()).isCloseTo(1, within(1e-6));
        }

        private static List<Double> doubles(JsonPath report, String path) {
            return report.getList(path).stream()
                    .map(figure -> Double.valueOf(figure.toString()))
                    .toList();
        }
    }
}
