package dev.microlift.server.report;

import dev.microlift.server.analysis.Analysis;
import dev.microlift.server.analysis.Answer;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.experiment.AssignmentMode;
import dev.microlift.server.experiment.Definition;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.experiment.Experiments;
import dev.microlift.server.experiment.Launch;
import dev.microlift.server.journey.JourneyVersion;
import dev.microlift.server.journey.Journeys;
import dev.microlift.server.journey.Step;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import dev.microlift.server.report.metric.Comparison;
import dev.microlift.server.report.metric.Comparisons;
import dev.microlift.server.report.metric.GuardrailBlock;
import dev.microlift.server.report.metric.MetricBlock;
import dev.microlift.server.report.metric.SegmentBlock;
import dev.microlift.server.report.path.AssociationBlock;
import dev.microlift.server.report.path.BoundsBlock;
import dev.microlift.server.report.path.DecompositionBlock;
import dev.microlift.server.report.path.DropOffBlock;
import dev.microlift.server.report.path.FunnelBlock;
import dev.microlift.server.report.path.Recoverable;
import dev.microlift.server.report.path.SensitivityBlock;
import dev.microlift.server.report.path.TimeToStepBlock;
import dev.microlift.server.report.path.YieldBlock;
import dev.microlift.server.report.study.Monitoring;
import dev.microlift.server.report.study.Study;
import dev.microlift.server.report.trust.Trust;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Makes the reports of experiments: asks the events once and hands the answer to every block. */
@ApplicationScoped
public class Reports {

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

    /** The report of an experiment as its events are now. */
    public ExperimentReport experiment(String key, ReportOptions wanted) {
        Instant now = clock.instant();
        ReportOptions options = wanted.at(now);
        Experiment experiment = experiments.get(key);
        JourneyVersion journey = journey(experiment, options.journey());
        List<String> segments =
                options.segments().isEmpty() ? experiment.definition().plan().segments() : options.segments();
        Answer answer = analysis.ask(Questions.everything(experiment, journey.journey(), options, segments, now));
        return report(experiment, journey, options, segments, answer, now);
    }

    private ExperimentReport report(
            Experiment experiment,
            JourneyVersion journey,
            ReportOptions options,
            List<String> segments,
            Answer answer,
            Instant now) {
        Definition definition = experiment.definition();
        List<Step> steps = journey.journey().steps();
        List<Arm> arms = answer.arms();
        List<Double> shares = Questions.expectedShares(experiment);
        long matured = arms.stream().mapToLong(Arm::matured).sum();
        boolean isStopped = experiment.isStoppedAt(options.asOf());
        Study study = new Study(
                        journey.journey(),
                        options.stepOrder(),
                        arms,
                        definition.control(),
                        shares,
                        new Monitoring(definition.plan(), matured, isStopped))
                .concludingFrom(definition.plan().plannedEnd().isPresent() ? answer.atPlannedEnd() : arms);
        Settings settings = Settings.of(study.monitoring(), options, segments);
        Trust trust = Trust.of(study, answer, circumstances(experiment, isStopped));
        List<List<Comparison>> comparisons = Comparisons.of(study, trust.isValid());
        List<GuardrailBlock> guardrails = GuardrailBlock.of(study, definition.guardrails());
        List<YieldBlock> yields = YieldBlock.of(study);
        List<AssociationBlock> associations = AssociationBlock.of(steps, study.controlArm(), study.alpha());
        String denominator = FunnelBlock.denominator(options.population());
        return new ExperimentReport(
                About.of(experiment),
                asOf(experiment, options, answer, now),
                answer.watermarkUntil(isStopped ? experiment.stoppedAt() : options.asOf()),
                engine,
                settings,
                PopulationBlock.of(answer, shares),
                trust,
                JourneyBlock.of(journey),
                MetricBlock.of(steps, arms, options.stepOrder(), denominator, comparisons),
                FunnelBlock.of(steps, arms, answer.units(), options.stepOrder(), options.population()),
                DropOffBlock.of(
                        steps,
                        answer.edges(),
                        Recoverable.of(steps, options.stepOrder(), answer.segments(), definition.control())),
                DecompositionBlock.of(study),
                BoundsBlock.of(study),
                yields,
                associations,
                TimeToStepBlock.of(study),
                SensitivityBlock.of(study, answer.days()),
                guardrails,
                SegmentBlock.of(study, segments, answer.segments()),
                Leaks.ofExperiment(study, answer, options.population()),
                new Verdicts(study, trust, comparisons, guardrails, yields, associations)
                        .verdict(experiment, settings, isStopped));
    }

    private static Trust.Circumstances circumstances(Experiment experiment, boolean isStopped) {
        Definition definition = experiment.definition();
        return new Trust.Circumstances(
                isStopped, everybodyTakesPart(experiment), definition.assignment() == AssignmentMode.MICROLIFT);
    }

    private static boolean everybodyTakesPart(Experiment experiment) {
        Definition definition = experiment.definition();
        return definition.traffic() >= 1
                && definition.targetingCondition().isEmpty()
                && definition.entersBy().isEmpty()
                && definition.inLayer().isEmpty()
                && experiment.launched().map(Launch::holdouts).orElse(List.of()).isEmpty();
    }

    /** The version of the journey that the experiment was started with. */
    public JourneyVersion journey(Experiment experiment, @Nullable String wanted) {
        List<String> keys = experiment.definition().journeys();
        String key = Optional.ofNullable(wanted).orElse(keys.get(0));
        if (!keys.contains(key)) {
            throw new ProblemException(ErrorCode.INVALID_PARAMETER, "journey is one of " + String.join(", ", keys));
        }
        return experiment
                .launched()
                .flatMap(launch -> Optional.ofNullable(launch.journeys().get(key)))
                .map(version -> journeys.get(key, version))
                .orElseGet(() -> journeys.get(key));
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
}
