package dev.microlift.benchmarks;

import dev.microlift.stats.AlwaysReacherBounds;
import dev.microlift.stats.Association;
import dev.microlift.stats.CochranQ;
import dev.microlift.stats.IncrementalYield;
import dev.microlift.stats.JourneyDecomposition;
import dev.microlift.stats.JourneyPlan;
import dev.microlift.stats.LogisticRegression;
import dev.microlift.stats.Moments;
import dev.microlift.stats.Multiplicity;
import dev.microlift.stats.NonInferiority;
import dev.microlift.stats.Planning;
import dev.microlift.stats.RestrictedMeanTime;
import dev.microlift.stats.SampleRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Every figure of a report, block by block. */
final class ReportFigures {

    private static final double ALPHA = 0.05;
    private static final int GOAL = ReportData.STEPS + 1;

    private ReportFigures() {}

    /** How the rate of a step is compared. */
    interface Comparison {
        MetricComparison.Views of(Moments control, Moments treatment);
    }

    /** Comparisons of all steps and the goal, the goal's value, and the families of their p-values. */
    static List<Object> metrics(ReportData data, Comparison comparison) {
        List<Object> figures = new ArrayList<>();
        List<@Nullable Double> micro = new ArrayList<>();
        List<@Nullable Double> goal = new ArrayList<>();
        for (int arm = 1; arm < ReportData.ARMS; arm++) {
            for (int step = 1; step <= GOAL; step++) {
                MetricComparison.Views views = comparison.of(data.rate(0, step), data.rate(arm, step));
                (step == GOAL ? goal : micro).add(views.difference().p());
                figures.add(views);
            }
            figures.add(MetricComparison.ofMeans(data.value(0), data.value(arm)));
        }
        figures.add(Multiplicity.benjaminiHochberg(micro));
        figures.add(Multiplicity.holm(goal));
        return figures;
    }

    /** Where the goal's lift comes from, and what extra micro conversions are worth. */
    static List<Object> journey(ReportData data) {
        List<Object> figures = new ArrayList<>();
        for (int arm = 1; arm < ReportData.ARMS; arm++) {
            figures.add(JourneyDecomposition.of(data.reach(0), data.reach(arm), ALPHA));
            for (int step = 1; step < GOAL; step++) {
                figures.add(AlwaysReacherBounds.of(
                        data.reachers(0, step), data.reachers(arm, step), AlwaysReacherBounds.Direction.AUTO, ALPHA));
                figures.add(IncrementalYield.of(data.microAndMacro(0, step), data.microAndMacro(arm, step), ALPHA));
            }
        }
        return figures;
    }

    /** Which step foretells the goal. */
    static List<Object> association(ReportData data, List<LogisticRegression.Row> patterns) {
        List<Object> figures = new ArrayList<>();
        long goals = data.goals(0);
        for (int step = 1; step < GOAL; step++) {
            long reached = data.reach(0)[step];
            long without = goals / 10;
            figures.add(Association.of(
                    goals - without, reached - goals + without, without, data.units(0) - reached - without, ALPHA));
        }
        figures.add(LogisticRegression.fit(patterns, ALPHA));
        return figures;
    }

    /** How fast units reach each step. */
    static List<Object> timeToStep(double[] control, double[] treatment, boolean[] reached) {
        List<Object> figures = new ArrayList<>();
        for (int i = 0; i < GOAL * (ReportData.ARMS - 1); i++) {
            figures.add(RestrictedMeanTime.compare(control, reached, treatment, reached, 6, ALPHA));
        }
        return figures;
    }

    /** Every comparison again in each segment, and whether the segments differ. */
    static List<Object> segments(List<ReportData> segments, Comparison comparison) {
        List<Object> figures = new ArrayList<>();
        segments.forEach(segment -> figures.addAll(metrics(segment, comparison)));
        for (int arm = 1; arm < ReportData.ARMS; arm++) {
            for (int step = 1; step <= GOAL; step++) {
                figures.add(heterogeneity(segments, arm, step));
            }
        }
        return figures;
    }

    private static CochranQ.Result heterogeneity(List<ReportData> segments, int arm, int step) {
        double[] d = new double[segments.size()];
        double[] v = new double[segments.size()];
        for (int i = 0; i < d.length; i++) {
            double n = segments.get(i).units(0);
            double pC = segments.get(i).reach(0)[step] / n;
            double pT = segments.get(i).reach(arm)[step] / n;
            d[i] = pT - pC;
            v[i] = (pC * (1 - pC) + pT * (1 - pT)) / n;
        }
        return CochranQ.test(d, v);
    }

    /** Whether the data are to be trusted, guardrails, and what each step could have shown. */
    static List<Object> trustAndSensitivity(ReportData data) {
        List<Object> figures = new ArrayList<>();
        long[] counts = IntStream.range(0, ReportData.ARMS)
                .mapToLong(arm -> data.units(arm))
                .toArray();
        double[] weights = {1, 1, 1, 1};
        figures.add(SampleRatio.check(counts, weights));
        for (int arm = 1; arm < ReportData.ARMS; arm++) {
            figures.add(NonInferiority.test(data.rate(0, 1), data.rate(arm, 1), ALPHA, 0.05, true));
        }
        List<Planning.Metric> rates = IntStream.rangeClosed(1, GOAL)
                .mapToObj(step -> Planning.Metric.binary((double) data.reach(0)[step] / data.units(0)))
                .toList();
        figures.add(JourneyPlan.of(rates, 0.05, ALPHA, 0.8, 1.07, weights, new JourneyPlan.Traffic(5_000, 7, 28L)));
        return figures;
    }
}
