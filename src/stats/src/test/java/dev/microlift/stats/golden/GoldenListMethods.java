package dev.microlift.stats.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.stats.LogisticRegression;
import dev.microlift.stats.Planning;
import dev.microlift.stats.QuantileInterval;
import dev.microlift.stats.RestrictedMeanTime;
import dev.microlift.stats.TrialSurrogacy;
import dev.microlift.stats.Winsorising;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Methods whose input is a list, or that answer several questions under one name. */
final class GoldenListMethods {

    /** Lists of different lengths describe no experiments; this one says so. */
    private static final TrialSurrogacy.Trial UNEQUAL_LENGTHS = new TrialSurrogacy.Trial(0, 0, -1, -1, 0);

    private GoldenListMethods() {}

    static Map<String, @Nullable Object> power(GoldenInput in) {
        Planning.Metric metric = switch (in.kind()) {
            case BINARY -> Planning.Metric.binary(in.number("baseline"));
            case MEAN -> Planning.Metric.mean(in.number("baseline"), in.number("sd"));
        };
        int comparisons = (int) in.number("comparisons", 1);
        Planning.Demand demand = new Planning.Demand(
                in.number("alpha"), in.number("power", 0.8), comparisons, in.number("inflation", 1));
        String op = in.text("op");
        Map<String, @Nullable Object> fields = switch (op) {
            case "size" ->
                Fields.of(Planning.size(
                        metric,
                        in.number("lift"),
                        demand,
                        in.numbers("allocation"),
                        in.has("dailyUnits") ? in.number("dailyUnits") : null,
                        (long) in.number("maturityDays", 0)));
            case "mde" -> Fields.of(Planning.detectable(metric, in.count("nC"), in.count("nT"), demand));
            case "achieved" ->
                Fields.of(Planning.achieved(
                        metric, in.number("lift"), in.count("nC"), in.count("nT"), in.number("alpha"), comparisons));
            default -> throw new IllegalArgumentException("no op " + op);
        };
        fields.put("op", op);
        return fields;
    }

    static Map<String, @Nullable Object> logistic(GoldenInput in) {
        List<LogisticRegression.Row> rows = new ArrayList<>();
        for (JsonNode row : in.node().path("rows")) {
            GoldenInput fields = new GoldenInput(row);
            List<Double> x = new ArrayList<>();
            for (double value : fields.numbers("x")) {
                x.add(value);
            }
            rows.add(new LogisticRegression.Row(x, fields.count("n"), fields.count("y")));
        }
        double ridge = in.number("ridge", LogisticRegression.DEFAULT_RIDGE);
        return Fields.of(LogisticRegression.fit(rows, in.number("alpha"), ridge));
    }

    static Map<String, @Nullable Object> trialSurrogacy(GoldenInput in) {
        double[] dA = in.numbers("dA");
        List<TrialSurrogacy.Trial> trials = new ArrayList<>();
        for (int j = 0; j < dA.length; j++) {
            trials.add(new TrialSurrogacy.Trial(
                    dA[j], in.element("dB", j), in.element("vA", j), in.element("vB", j), in.element("cAB", j)));
        }
        for (String field : List.of("dB", "vA", "vB", "cAB")) {
            if (in.numbers(field).length != dA.length) {
                trials = List.of(UNEQUAL_LENGTHS);
            }
        }
        return Fields.of(TrialSurrogacy.of(trials, in.number("alpha")));
    }

    static Map<String, @Nullable Object> rmst(GoldenInput in) {
        return Fields.of(RestrictedMeanTime.compare(
                in.numbers("timesC"),
                events(in, "eventsC"),
                in.numbers("timesT"),
                events(in, "eventsT"),
                in.number("tau"),
                in.number("alpha")));
    }

    private static boolean[] events(GoldenInput in, String field) {
        double[] numbers = in.numbers(field);
        boolean[] events = new boolean[numbers.length];
        for (int i = 0; i < events.length; i++) {
            events[i] = numbers[i] != 0;
        }
        return events;
    }

    static Map<String, @Nullable Object> quantile(GoldenInput in) {
        double nu = in.number("nu");
        return switch (in.text("kind")) {
            case "ranks" -> Fields.of(QuantileInterval.ranks(in.count("n"), nu, in.number("alpha")));
            case "quantile" ->
                Fields.of(QuantileInterval.compare(in.numbers("xC"), in.numbers("xT"), nu, in.number("alpha")));
            case "winsor" -> Fields.of(Winsorising.pooled(in.numbers("values"), nu));
            default -> throw new IllegalArgumentException("no kind " + in.text("kind"));
        };
    }
}
