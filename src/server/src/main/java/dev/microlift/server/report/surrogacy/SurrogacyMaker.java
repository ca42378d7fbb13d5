package dev.microlift.server.report.surrogacy;

import dev.microlift.server.analysis.Analysis;
import dev.microlift.server.analysis.Answer;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.Period;
import dev.microlift.server.analysis.Population;
import dev.microlift.server.analysis.StepOrder;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.experiment.Experiments;
import dev.microlift.server.experiment.Status;
import dev.microlift.server.journey.Journey;
import dev.microlift.server.journey.JourneyVersion;
import dev.microlift.server.journey.Journeys;
import dev.microlift.server.journey.Step;
import dev.microlift.server.report.JourneyBlock;
import dev.microlift.server.report.Questions;
import dev.microlift.server.report.Reports;
import dev.microlift.server.report.path.YieldBlock;
import dev.microlift.server.report.study.Monitoring;
import dev.microlift.server.report.study.Study;
import dev.microlift.stats.SampleRatio;
import dev.microlift.stats.TrialSurrogacy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares the effects of a journey's stopped experiments. */
@ApplicationScoped
class SurrogacyMaker {

    private static final double ALPHA = 0.05;

    private final Experiments experiments;
    private final Journeys journeys;
    private final Reports reports;
    private final Analysis analysis;
    private final Clock clock;

    SurrogacyMaker(Experiments experiments, Journeys journeys, Reports reports, Analysis analysis, Clock clock) {
        this.experiments = experiments;
        this.journeys = journeys;
        this.reports = reports;
        this.analysis = analysis;
        this.clock = clock;
    }

    Surrogacy of(String key) {
        JourneyVersion version = journeys.get(key);
        Map<String, List<TrialSurrogacy.Trial>> bySteps = new LinkedHashMap<>();
        version.journey().microSteps().forEach(step -> bySteps.put(step.key(), new ArrayList<>()));
        List<Surrogacy.Included> included = new ArrayList<>();
        List<Surrogacy.Excluded> excluded = new ArrayList<>();
        for (Experiment experiment : experiments.all()) {
            boolean isOver = experiment.status() == Status.STOPPED || experiment.status() == Status.ARCHIVED;
            if (isOver && experiment.definition().journeys().contains(key)) {
                add(experiment, version, bySteps, included, excluded);
            }
        }
        return new Surrogacy(
                JourneyBlock.of(version),
                1 - ALPHA,
                included,
                excluded,
                bySteps.entrySet().stream()
                        .map(entry -> Surrogacy.OfStep.of(entry.getKey(), entry.getValue(), ALPHA))
                        .toList());
    }

    private void add(
            Experiment experiment,
            JourneyVersion version,
            Map<String, List<TrialSurrogacy.Trial>> bySteps,
            List<Surrogacy.Included> included,
            List<Surrogacy.Excluded> excluded) {
        Journey journey = reports.journey(experiment, version.journey().key()).journey();
        if (!journey.goal().isMadeAs(version.journey().goal())) {
            excluded.add(new Surrogacy.Excluded(experiment.key(), "OTHER_GOAL"));
            return;
        }
        Answer answer = analysis.ask(
                Questions.counts(experiment, journey, Population.MATURED, Period.everything(clock.instant())));
        List<Double> shares = Questions.expectedShares(experiment);
        if (isUntrusted(answer, shares)) {
            excluded.add(new Surrogacy.Excluded(experiment.key(), "SAMPLE_RATIO"));
            return;
        }
        Study study = new Study(
                journey,
                StepOrder.FURTHEST,
                answer.arms(),
                experiment.definition().control(),
                shares,
                new Monitoring(experiment.definition().plan(), 0, false));
        int treatment = study.treatments().get(0);
        List<Integer> sameSteps = study.microSteps().stream()
                .filter(step -> isStep(journey.steps().get(step), version))
                .toList();
        if (sameSteps.isEmpty()) {
            excluded.add(new Surrogacy.Excluded(experiment.key(), "OTHER_STEPS"));
            return;
        }
        boolean says = false;
        for (int step : sameSteps) {
            Optional<TrialSurrogacy.Trial> trial = TrialSurrogacy.Trial.logRatios(
                    YieldBlock.pairs(study, study.controlArm(), step),
                    YieldBlock.pairs(study, study.arms().get(treatment), step));
            if (trial.isPresent()) {
                bySteps.computeIfAbsent(journey.steps().get(step).key(), absent -> new ArrayList<>())
                        .add(trial.get());
                says = true;
            }
        }
        if (says) {
            included.add(new Surrogacy.Included(
                    experiment.key(), study.arms().get(treatment).variant()));
        } else {
            excluded.add(new Surrogacy.Excluded(experiment.key(), "INSUFFICIENT_CONVERSIONS"));
        }
    }

    /** A step that was defined otherwise then is another step. */
    private static boolean isStep(Step then, JourneyVersion now) {
        return now.journey().microSteps().stream().anyMatch(then::isMadeAs);
    }

    private static boolean isUntrusted(Answer answer, List<Double> shares) {
        return SampleRatio.check(
                                answer.arms().stream().mapToLong(Arm::exposed).toArray(),
                                shares.stream().mapToDouble(Double::doubleValue).toArray())
                        .verdict()
                == SampleRatio.Verdict.INVALID;
    }
}
