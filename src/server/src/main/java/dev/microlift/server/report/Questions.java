package dev.microlift.server.report;

import dev.microlift.server.analysis.Detail;
import dev.microlift.server.analysis.FollowUp;
import dev.microlift.server.analysis.GuardrailMetric;
import dev.microlift.server.analysis.Period;
import dev.microlift.server.analysis.Population;
import dev.microlift.server.analysis.Question;
import dev.microlift.server.analysis.Scope;
import dev.microlift.server.experiment.AssignmentMode;
import dev.microlift.server.experiment.Definition;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.experiment.Guardrail;
import dev.microlift.server.experiment.Launch;
import dev.microlift.server.experiment.Method;
import dev.microlift.server.experiment.Plan;
import dev.microlift.server.experiment.Variant;
import dev.microlift.server.journey.Journey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts what an experiment says into a question to the events. */
public final class Questions {

    private Questions() {}

    /**
     * Everything that a report needs.
     *
     * @param segments attributes to break down by
     */
    public static Question everything(
            Experiment experiment, Journey journey, ReportOptions options, List<String> segments, Instant now) {
        Plan plan = experiment.definition().plan();
        return new Question(
                scope(experiment),
                experiment.definition().unitType(),
                journey.steps(),
                followUp(experiment, plan.preExposure()),
                new Period(options.from(), options.to(), options.asOf(), now),
                options.population(),
                new Detail(
                        segments,
                        experiment.definition().guardrails().stream()
                                .map(Questions::metric)
                                .toList(),
                        plan.cap(),
                        plan.covariate(),
                        plan.method() == Method.SEQUENTIAL ? null : plan.plannedUnits(),
                        true,
                        options.stepOrder()));
    }

    /** Counts of the journey alone. */
    public static Question counts(Experiment experiment, Journey journey, Population population, Period period) {
        return new Question(
                scope(experiment),
                experiment.definition().unitType(),
                journey.steps(),
                followUp(experiment, null),
                period,
                population,
                Detail.NONE);
    }

    /** Which steps of the journey exposed units have done by now, however long ago they were exposed. */
    public static Question progress(Experiment experiment, Journey journey, Period period) {
        return new Question(
                scope(experiment),
                experiment.definition().unitType(),
                journey.steps(),
                new FollowUp(null, null, experiment.startedAt(), experiment.stoppedAt(), true),
                period,
                Population.ALL,
                Detail.NONE);
    }

    private static FollowUp followUp(Experiment experiment, @Nullable Duration preExposure) {
        return new FollowUp(
                experiment.definition().plan().window(), preExposure, experiment.startedAt(), experiment.stoppedAt());
    }

    private static Scope scope(Experiment experiment) {
        Definition definition = experiment.definition();
        return new Scope.OfExperiment(
                definition.key(),
                definition.variants().stream().map(Variant::key).toList(),
                definition.overrides().keySet(),
                assignment(experiment),
                experiment.othersUntil().orElse(null));
    }

    private static Scope.@Nullable Assignment assignment(Experiment experiment) {
        return experiment.definition().assignment() == AssignmentMode.EXTERNAL
                ? null
                : experiment
                        .launched()
                        .map(launch -> new Scope.Assignment(launch.seed(), launch.layout()))
                        .orElse(null);
    }

    private static GuardrailMetric metric(Guardrail guardrail) {
        Guardrail.Metric metric = guardrail.metric();
        return new GuardrailMetric(
                metric.key(),
                metric.match(),
                switch (metric.type()) {
                    case CONVERSION -> GuardrailMetric.Kind.CONVERSION;
                    case COUNT -> GuardrailMetric.Kind.COUNT;
                    case SUM -> GuardrailMetric.Kind.SUM;
                },
                metric.value());
    }

    /** What the buckets promise, or, where another tool assigns, the weights. */
    public static List<Double> expectedShares(Experiment experiment) {
        Definition definition = experiment.definition();
        double total =
                definition.variants().stream().mapToDouble(Variant::weight).sum();
        List<Double> nominal = definition.variants().stream()
                .map(variant -> variant.weight() / total)
                .toList();
        return definition.assignment() == AssignmentMode.EXTERNAL
                ? nominal
                : experiment
                        .launched()
                        .map(Launch::layout)
                        .map(layout -> layout.expectedShares())
                        .orElse(nominal);
    }
}
