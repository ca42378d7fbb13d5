package dev.microlift.server.report;

import dev.microlift.server.analysis.Analysis;
import dev.microlift.server.analysis.Answer;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.Detail;
import dev.microlift.server.analysis.FollowUp;
import dev.microlift.server.analysis.Period;
import dev.microlift.server.analysis.Population;
import dev.microlift.server.analysis.Question;
import dev.microlift.server.analysis.Scope;
import dev.microlift.server.experiment.AssignmentMode;
import dev.microlift.server.experiment.Definition;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.experiment.Experiments;
import dev.microlift.server.experiment.Launch;
import dev.microlift.server.experiment.PlanHash;
import dev.microlift.server.experiment.Variant;
import dev.microlift.server.journey.JourneyVersion;
import dev.microlift.server.journey.Journeys;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Makes reports. */
@ApplicationScoped
class Reports {

    private final Experiments experiments;
    private final Journeys journeys;
    private final Analysis analysis;
    private final Clock clock;
    private final String engine;

    Reports(
            Experiments experiments,
            Journeys journeys,
            Analysis analysis,
            Clock clock,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.experiments = experiments;
        this.journeys = journeys;
        this.analysis = analysis;
        this.clock = clock;
        this.engine = "microlift " + version;
    }

    ExperimentReport experiment(String key, ReportOptions options) {
        Experiment experiment = experiments.get(key);
        JourneyVersion journey = journey(experiment, options);
        Instant now = clock.instant();
        Answer answer = analysis.ask(question(experiment, journey, options, now));
        List<Double> shares = expectedShares(experiment);
        long matured = answer.arms().stream().mapToLong(Arm::matured).sum();
        Monitoring monitoring = new Monitoring(experiment.definition().plan(), matured);
        Trust trust = Trust.of(
                answer.arms().stream().map(Arm::exposed).toList(),
                shares,
                experiment.stopped().isPresent());
        List<List<Comparison>> comparisons = new Comparisons(
                        journey.journey(),
                        answer.arms(),
                        options.stepOrder(),
                        experiment.definition().control(),
                        shares,
                        monitoring,
                        trust.verdict() != Trust.Verdict.INVALID)
                .all();
        return new ExperimentReport(
                about(experiment),
                asOf(experiment, options, answer, now),
                answer.latestEvent().orElse(null),
                engine,
                settings(experiment, options, monitoring),
                units(answer, shares, matured),
                trust,
                Layouts.path(journey),
                Layouts.metrics(journey.journey(), answer, comparisons, options),
                Layouts.funnel(journey.journey(), answer, options));
    }

    private JourneyVersion journey(Experiment experiment, ReportOptions options) {
        List<String> keys = experiment.definition().journeys();
        String key = Optional.ofNullable(options.journey()).orElse(keys.get(0));
        if (!keys.contains(key)) {
            throw new ProblemException(ErrorCode.INVALID_PARAMETER, "journey is one of " + String.join(", ", keys));
        }
        return experiment
                .launched()
                .flatMap(launch -> Optional.ofNullable(launch.journeys().get(key)))
                .map(version -> journeys.get(key, version))
                .orElseGet(() -> journeys.get(key));
    }

    private static Question question(
            Experiment experiment, JourneyVersion journey, ReportOptions options, Instant now) {
        Definition definition = experiment.definition();
        return new Question(
                new Scope.OfExperiment(
                        definition.key(),
                        definition.variants().stream().map(Variant::key).toList(),
                        definition.overrides().keySet(),
                        assignment(experiment)),
                definition.unitType(),
                journey.journey().steps(),
                new FollowUp(
                        definition.plan().window(),
                        definition.plan().preExposure(),
                        experiment.startedAt(),
                        experiment.stoppedAt()),
                new Period(options.from(), options.to(), options.asOf(), now),
                options.population(),
                Detail.NONE);
    }

    private static Scope.@Nullable Assignment assignment(Experiment experiment) {
        return experiment.definition().assignment() == AssignmentMode.EXTERNAL
                ? null
                : experiment
                        .launched()
                        .map(launch -> new Scope.Assignment(launch.seed(), launch.layout()))
                        .orElse(null);
    }

    /** What the buckets promise, or, where another tool assigns, the weights. */
    private static List<Double> expectedShares(Experiment experiment) {
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

    /** The last time at which anything in the report changed, so that it reads the same at any later time. */
    private static Instant asOf(Experiment experiment, ReportOptions options, Answer answer, Instant now) {
        if (options.asOf() != null) {
            return options.asOf();
        }
        Instant configured = latest(
                latest(experiment.createdAt(), experiment.started().orElse(experiment.createdAt())),
                experiment.stopped().orElse(experiment.createdAt()));
        Instant settled = latest(configured, answer.settled().orElse(configured));
        return settled.isBefore(now) ? settled : now;
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static ExperimentReport.About about(Experiment experiment) {
        Definition definition = experiment.definition();
        return new ExperimentReport.About(
                definition.key(),
                definition.name(),
                experiment.status(),
                experiment.version(),
                experiment.startedAt(),
                experiment.stoppedAt(),
                definition.unitType(),
                PlanHash.of(definition),
                experiment.isExploratory());
    }

    private static ExperimentReport.Settings settings(
            Experiment experiment, ReportOptions options, Monitoring monitoring) {
        var plan = experiment.definition().plan();
        boolean open = plan.unitWindow().isPresent() && options.population() == Population.ALL;
        return new ExperimentReport.Settings(
                plan.method(),
                plan.alpha(),
                1 - plan.alpha(),
                plan.window(),
                options.population(),
                options.stepOrder(),
                open,
                plan.plannedUnits(),
                monitoring.isPlannedEndReached());
    }

    private static ExperimentReport.Units units(Answer answer, List<Double> shares, long matured) {
        List<ExperimentReport.VariantUnits> perVariant = IntStream.range(0, shares.size())
                .mapToObj(i -> {
                    Arm arm = answer.arms().get(i);
                    return new ExperimentReport.VariantUnits(
                            arm.variant(), shares.get(i), arm.exposed(), arm.matured());
                })
                .toList();
        return new ExperimentReport.Units(
                answer.units().exposed(),
                matured,
                answer.units().crossovers(),
                answer.units().overridden(),
                answer.units().bots(),
                answer.units().strays(),
                perVariant);
    }
}
