package dev.microlift.server.report;

import static dev.microlift.server.Samples.newKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The blocks beyond plain comparisons, on published experiments, beside figures that were computed elsewhere. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class RealReportTest {

    private static final String TIME = "2008-03-20T00:0%d:00Z";
    private static final Offset<Double> CLOSE = within(1e-9);

    private static void assertInterval(JsonPath report, String path, double low, double high, double tolerance) {
        List<Double> ci = report.getList(path, Double.class);
        assertThat(ci.get(0)).isCloseTo(low, within(tolerance));
        assertThat(ci.get(1)).isCloseTo(high, within(tolerance));
    }

    @Test
    void hillstromsSpendIsAdjustedByWhatCustomersSpentBefore() {
        List<String[]> rows = SharedData.table("hillstrom/hillstrom.csv.gz");
        Imported data = new Imported(newKey("hillstrom"))
                .journey("visit", "conversion")
                .experiment(
                        List.of("no-e-mail", "mens-e-mail", "womens-e-mail"),
                        "{\"method\": \"fixed\", \"covariate\": \"history\", \"segments\": [\"newbie\", \"buys_by\"]}");
        for (int unit = 0; unit < rows.size(); unit++) {
            String[] row = rows.get(unit);
            data.exposure(
                    unit,
                    TIME.formatted(0),
                    row[8].toLowerCase(Locale.ROOT).replace(' ', '-'),
                    Map.of("history", Double.parseDouble(row[2]), "newbie", row[6], "buys_by", row[7]));
            if (row[9].equals("1")) {
                data.step(unit, TIME.formatted(1), "visit", Map.of());
            }
            if (row[10].equals("1")) {
                data.step(unit, TIME.formatted(2), "conversion", Map.of("value", Double.parseDouble(row[11])));
            }
        }

        JsonPath report = data.send().report();

        // The reference takes one slope over all three arms, the report one over the two that are compared.
        String spend = "metrics[1].comparisons.find { it.variant == 'mens-e-mail' }.value.";
        assertThat(report.getDouble(spend + "difference.estimate")).isCloseTo(0.7698271559, within(1e-8));
        assertThat(report.getDouble(spend + "adjusted.difference.estimate")).isCloseTo(0.7673357756, within(2e-3));
        assertInterval(report, spend + "adjusted.difference.ci", 0.4827099896, 1.051961561, 2e-3);
        assertThat(report.getDouble(spend + "adjusted.varianceRatio")).isBetween(0.998, 1.0);
        assertThat(report.getList(spend + "adjusted.coverage", Double.class)).containsExactly(1.0, 1.0);
        assertThat(report.getString("metrics[1].comparisons[0].decidedBy")).isEqualTo("unadjusted");

        String phone = "segments.find { it.attribute == 'buys_by' }.values.find { it.value == 'Phone' }."
                + "metrics[0].comparisons[0].";
        assertThat(report.getDouble(phone + "difference.estimate")).isCloseTo(0.07560427136, CLOSE);
        assertInterval(report, phone + "difference.ci", 0.06614767667, 0.08506086605, 1e-5);
        assertThat(report.getList("segments.find { it.attribute == 'newbie' }.values.value"))
                .containsExactlyInAnyOrder("0", "1");

        assertThat(report.getDouble("metrics[0].comparisons[0].bayes.chanceToBeatControl"))
                .isCloseTo(1.0, within(1e-9));
        assertThat(report.getDouble("metrics[1].comparisons[1].bayes.chanceToBeatControl"))
                .isCloseTo(0.999923849, within(1e-7));
        assertThat(report.getString("verdict.decision")).isEqualTo("ship");
        assertThat(report.getString("verdict.variant")).isEqualTo("mens-e-mail");
    }

    @Test
    void cookieCatsOutlierIsCappedAtTheNinetyNinthPercentile() {
        List<String[]> rows = SharedData.table("cookie_cats/cookie_cats.csv.gz");
        Imported data = new Imported(newKey("cats"))
                .journey("rounds", "day-7")
                .experiment(List.of("gate_30", "gate_40"), "{\"method\": \"fixed\", \"cap\": 0.99}");
        for (int unit = 0; unit < rows.size(); unit++) {
            String[] row = rows.get(unit);
            data.exposure(unit, TIME.formatted(0), row[1], Map.of());
            int rounds = Integer.parseInt(row[2]);
            if (rounds > 0) {
                data.step(unit, TIME.formatted(1), "rounds", Map.of("value", rounds));
            }
            if (row[4].equals("TRUE")) {
                data.step(unit, TIME.formatted(2), "day-7", Map.of());
            }
        }

        JsonPath report = data.send().report();

        String rounds = "metrics[0].comparisons[0].value.";
        assertThat(report.getDouble(rounds + "cap")).isEqualTo(493);
        assertThat(report.getDouble(rounds + "difference.estimate")).isCloseTo(-0.2819181981, within(1e-8));
        assertInterval(report, rounds + "difference.ci", -1.381149914, 0.8173135177, 1e-6);
        assertThat(report.getDouble(rounds + "pValue")).isCloseTo(0.6151936131, within(1e-7));
        assertThat(report.getDouble("metrics[1].comparisons[0].bayes.chanceToBeatControl"))
                .isCloseTo(0.000777338665, within(1e-8));
        assertThat(report.getString("trust.verdict")).isEqualTo("warn");
        assertThat(report.getList("verdict.cautions.code")).contains("TRUST_WARNING");
        assertThat(report.getString("verdict.decision")).isEqualTo("stop");
    }

    /** Clicks are the units; enrolments go down, payments do not: the textbook conflict of a micro step and the goal. */
    @Test
    void udacitysScreenerMovesEnrolmentsButNotPayments() {
        Imported data = new Imported(newKey("udacity"))
                .journey("enrol", "pay")
                .experiment(List.of("control", "screener"), "{\"method\": \"fixed\"}");
        int unit = 0;
        for (String arm : List.of("control", "screener")) {
            String file = arm.equals("control") ? "Results_Control" : "Results_Experiment";
            for (String[] day : SharedData.table("udacity_free_trial/" + file + ".csv.gz")) {
                int enrolled = day[3].isEmpty() ? 0 : (int) Double.parseDouble(day[3]);
                int paid = day[4].isEmpty() ? 0 : (int) Double.parseDouble(day[4]);
                // The last days had not matured when the data were published.
                int clicks = day[3].isEmpty() ? 0 : (int) Double.parseDouble(day[2]);
                for (int click = 0; click < clicks; click++, unit++) {
                    data.exposure(unit, TIME.formatted(0), arm, Map.of());
                    if (click < enrolled) {
                        data.step(unit, TIME.formatted(1), "enrol", Map.of());
                    }
                    if (click < paid) {
                        data.step(unit, TIME.formatted(2), "pay", Map.of());
                    }
                }
            }
        }

        JsonPath report = data.send().report();

        assertThat(report.getList("funnel.variants[0].reach", Integer.class)).containsExactly(17293, 3785, 2033);
        assertThat(report.getList("funnel.variants[1].reach", Integer.class)).containsExactly(17260, 3423, 1945);
        String enrol = "metrics[0].comparisons[0].difference.";
        assertThat(report.getDouble(enrol + "estimate")).isCloseTo(-0.02055487458, CLOSE);
        assertInterval(report, enrol + "ci", -0.02912016242, -0.01198958674, 1e-5);
        String pay = "metrics[1].comparisons[0].difference.";
        assertThat(report.getDouble(pay + "estimate")).isCloseTo(-0.004873722675, CLOSE);
        assertInterval(report, pay + "ci", -0.01160418614, 0.001856740787, 1e-5);
        assertThat(report.getBoolean("metrics[0].comparisons[0].significant")).isTrue();
        assertThat(report.getBoolean("metrics[1].comparisons[0].significant")).isFalse();
        // Of those who enrol more pay: another denominator, which the report calls descriptive.
        assertThat(report.getDouble("funnel.variants[1].fromPrevious[1]")
                        - report.getDouble("funnel.variants[0].fromPrevious[1]"))
                .isCloseTo(0.03109480471, CLOSE);
        assertThat(report.getDouble("decomposition[0].contributions[0].lift")).isCloseTo(-0.0939116106, CLOSE);
        assertThat(report.getDouble("decomposition[0].contributions[1].lift")).isCloseTo(0.05789170478, CLOSE);
        assertThat(report.getString("verdict.decision")).isEqualTo("continue");
    }

    @Test
    void aShopsTrafficLosesItsDesktopUsersBeforeThePayment() {
        Set<String> searched = users("search_page_table");
        Set<String> payment = users("payment_page_table");
        Set<String> confirmed = users("payment_confirmation_table");
        String key = newKey("funnel");
        Imported data = new Imported(key).journey("home", "search", "payment", "confirmation");
        int unit = 0;
        for (String[] user : SharedData.table("ecommerce_funnel_4step/user_table.csv.gz")) {
            String id = user[0].replace("\"", "");
            String day = user[1].replace("\"", "") + "T10:0%d:00Z";
            Map<String, Object> device = new HashMap<>(Map.of("device", user[2].replace("\"", "")));
            data.step(unit, day.formatted(0), "home", device);
            if (searched.contains(id)) {
                data.step(unit, day.formatted(1), "search", Map.of());
            }
            if (payment.contains(id)) {
                data.step(unit, day.formatted(2), "payment", Map.of());
            }
            if (confirmed.contains(id)) {
                data.step(unit, day.formatted(3), "confirmation", Map.of());
            }
            unit++;
        }
        data.send();

        JsonPath report = Imported.get(
                "/api/v1/journeys/" + key + "/report?from=2015-01-01&to=2015-05-01&window=P1D&segment=device");

        assertThat(report.getList("funnel.variants[0].reach", Integer.class))
                .containsExactly(90400, 90400, 45200, 6030, 452);
        assertThat(report.getDouble("metrics[2].variants[0].rate")).isCloseTo(0.06670353982, within(1e-10));
        String mobile = "segments.find { it.value == 'Mobile' }.metrics[2].variants[0].";
        assertThat(report.getInt(mobile + "n")).isEqualTo(30200);
        assertThat(report.getDouble(mobile + "rate")).isCloseTo(0.1, CLOSE);
        // Desktop passes half as often to the payment as mobile does.
        JsonPath gains = report;
        assertThat(gains.getString("dropOff.recoverable[0].segment")).isEqualTo("Desktop");
        assertThat(gains.getString("dropOff.recoverable[0].best")).isEqualTo("Mobile");
        assertThat(report.getDouble("dropOff.recoverable.find { it.edge == 'payment' }.rate"))
                .isCloseTo(0.1, CLOSE);
        assertThat(report.getList("association.step")).containsExactly("home", "search", "payment");
        assertThat(report.getDouble("association[2].pGoalGivenStep")).isCloseTo(452.0 / 6030, CLOSE);
    }

    private static Set<String> users(String table) {
        Set<String> users = new HashSet<>();
        SharedData.table("ecommerce_funnel_4step/" + table + ".csv.gz").forEach(row -> users.add(row[0]));
        return users;
    }
}
