package dev.microlift.server.report;

import dev.microlift.server.analysis.Answer;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.Population;
import dev.microlift.server.analysis.Reach;
import dev.microlift.server.analysis.StepMoments;
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
            Journey journey, Answer answer, List<List<Comparison>> comparisons, ReportOptions options) {
        Reach reach = new Reach(journey.steps());
        List<ExperimentReport.Metric> metrics = new ArrayList<>();
        for (int i = 0; i < journey.steps().size(); i++) {
            Step step = journey.steps().get(i);
            int position = i;
            List<ExperimentReport.VariantRate> variants = answer.arms().stream()
                    .map(arm -> rate(
                            arm,
                            reach.converted(arm, position, options.stepOrder()),
                            arm.steps().get(position),
                            step))
                    .toList();
            metrics.add(new ExperimentReport.Metric(
                    step.key(), step.role(), denominator(options.population()), variants, comparisons.get(i)));
        }
        return metrics;
    }

    private static String denominator(Population population) {
        return population == Population.MATURED ? "maturedUnits" : "exposedUnits";
    }

    private static ExperimentReport.VariantRate rate(Arm arm, long converted, StepMoments sums, Step step) {
        return new ExperimentReport.VariantRate(
                arm.variant(),
                arm.n(),
                converted,
                ratio((double) converted, arm.n()),
                sums.didUnits(),
                step.valueProperty()
                        .map(property -> new ExperimentReport.Value(sums.valueSum(), ratio(sums.valueSum(), arm.n())))
                        .orElse(null));
    }

    static ExperimentReport.Funnel funnel(Journey journey, Answer answer, ReportOptions options) {
        Reach reach = new Reach(journey.steps());
        return new ExperimentReport.Funnel(
                options.stepOrder(),
                denominator(options.population()),
                journey.steps().stream()
                        .filter(step -> !step.optional())
                        .map(Step::key)
                        .toList(),
                answer.arms().stream()
                        .map(arm -> funnel(arm, reach.reach(arm, options.stepOrder())))
                        .toList());
    }

    private static ExperimentReport.VariantFunnel funnel(Arm arm, List<Long> reached) {
        List<Long> reach = new ArrayList<>();
        reach.add(arm.n());
        reach.addAll(reached);
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
