package dev.microlift.server.report;

import dev.microlift.server.analysis.Answer;
import dev.microlift.server.analysis.Population;
import dev.microlift.server.journey.Journey;
import dev.microlift.server.journey.JourneyVersion;
import dev.microlift.server.journey.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lays counts out as the blocks of a report. */
final class Layouts {

    private Layouts() {}

    static ExperimentReport.Path path(JourneyVersion version) {
        Journey journey = version.journey();
        return new ExperimentReport.Path(
                journey.key(),
                journey.name(),
                version.version(),
                journey.steps().stream()
                        .map(step ->
                                new ExperimentReport.PathStep(step.key(), step.name(), step.role(), step.optional()))
                        .toList());
    }

    static List<ExperimentReport.Metric> metrics(
            Journey journey, Answer answer, List<List<Comparison>> comparisons, Population population) {
        List<ExperimentReport.Metric> metrics = new ArrayList<>();
        for (int i = 0; i < journey.steps().size(); i++) {
            Step step = journey.steps().get(i);
            int position = i;
            List<ExperimentReport.VariantRate> variants = answer.variants().stream()
                    .map(arm -> rate(arm, arm.steps().get(position), step))
                    .toList();
            metrics.add(new ExperimentReport.Metric(
                    step.key(), step.role(), denominator(population), variants, comparisons.get(i)));
        }
        return metrics;
    }

    private static String denominator(Population population) {
        return population == Population.MATURED ? "maturedUnits" : "exposedUnits";
    }

    private static ExperimentReport.VariantRate rate(Answer.Arm arm, Answer.StepSums sums, Step step) {
        return new ExperimentReport.VariantRate(
                arm.variant(),
                arm.n(),
                sums.converted(),
                ratio((double) sums.converted(), arm.n()),
                sums.did(),
                step.valueProperty()
                        .map(property -> new ExperimentReport.Value(sums.sum(), ratio(sums.sum(), arm.n())))
                        .orElse(null));
    }

    static ExperimentReport.Funnel funnel(Journey journey, Answer answer, ReportOptions options) {
        return new ExperimentReport.Funnel(
                options.stepOrder(),
                denominator(options.population()),
                journey.steps().stream()
                        .filter(step -> !step.optional())
                        .map(Step::key)
                        .toList(),
                answer.variants().stream().map(Layouts::funnel).toList());
    }

    private static ExperimentReport.VariantFunnel funnel(Answer.Arm arm) {
        List<Long> reach = new ArrayList<>();
        reach.add(arm.n());
        reach.addAll(arm.reach());
        List<@Nullable Double> fromPrevious = new ArrayList<>();
        List<Long> furthest = new ArrayList<>();
        for (int i = 0; i < reach.size(); i++) {
            if (i > 0) {
                fromPrevious.add(ratio((double) reach.get(i), reach.get(i - 1)));
            }
            furthest.add(i + 1 < reach.size() ? reach.get(i) - reach.get(i + 1) : reach.get(i));
        }
        return new ExperimentReport.VariantFunnel(arm.variant(), reach, fromPrevious, furthest);
    }

    private static @Nullable Double ratio(double part, long whole) {
        return whole == 0 ? null : part / whole;
    }
}
