package dev.microlift.server.report;

import dev.microlift.server.analysis.StepOrder;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.report.metric.Comparison;
import dev.microlift.server.report.metric.GuardrailBlock;
import dev.microlift.server.report.path.AssociationBlock;
import dev.microlift.server.report.path.YieldBlock;
import dev.microlift.server.report.study.Study;
import dev.microlift.server.report.trust.Check;
import dev.microlift.server.report.trust.Judgement;
import dev.microlift.server.report.trust.Trust;
import dev.microlift.server.report.verdict.Case;
import dev.microlift.server.report.verdict.Cautions;
import dev.microlift.server.report.verdict.Sentence;
import dev.microlift.server.report.verdict.Verdict;
import dev.microlift.stats.NonInferiority;
import dev.microlift.stats.StepEvidence;
import dev.microlift.stats.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Puts what the blocks found before the judge. */
record Verdicts(
        Study study,
        Trust trust,
        List<List<Comparison>> comparisons,
        List<GuardrailBlock> guardrails,
        List<YieldBlock> yields,
        List<AssociationBlock> associations) {

    /** @param isStopped whether the experiment had ended at the time that the report speaks of */
    Verdict verdict(Experiment experiment, Settings settings, boolean isStopped) {
        boolean isDecisionMetric = settings.stepOrder() == StepOrder.FURTHEST
                && study.journey()
                        .key()
                        .equals(experiment.definition().journeys().get(0));
        boolean isPart = settings.from() != null || settings.to() != null;
        return Verdict.of(
                new Case(
                        checks(Judgement.INVALID),
                        checks(Judgement.WARN),
                        IntStream.range(0, study.treatments().size())
                                .mapToObj(this::treatment)
                                .toList(),
                        study.monitoring().isPlannedEndReached() || isStopped,
                        settings.provisional(),
                        experiment.isExploratory() || isPart,
                        isDecisionMetric,
                        study.monitoring().maturedUnits(),
                        study.plan().plannedUnits()),
                fromBlocks());
    }

    private List<String> checks(Judgement judgement) {
        return trust.checks().stream()
                .filter(check -> check.verdict() == judgement)
                .map(Check::check)
                .toList();
    }

    private Case.Treatment treatment(int position) {
        Comparison goal = comparisons.get(study.goal()).get(position);
        return new Case.Treatment(
                goal.variant(),
                goal.decidingLift().estimate(),
                goal.decidingDifference().estimate(),
                goal.decidingP(),
                goal.significant(),
                goal.reason(),
                guardrails(position, NonInferiority.Verdict.VIOLATED),
                guardrails(position, NonInferiority.Verdict.INCONCLUSIVE),
                study.microSteps().stream()
                        .filter(step -> isUp(comparisons.get(step).get(position)))
                        .map(step -> study.steps().get(step).key())
                        .toList());
    }

    private List<String> guardrails(int position, NonInferiority.Verdict verdict) {
        return guardrails.stream()
                .filter(block -> block.comparisons().get(position).verdict() == verdict)
                .map(GuardrailBlock::metric)
                .toList();
    }

    private static boolean isUp(Comparison comparison) {
        Double difference = comparison.decidingDifference().estimate();
        return Boolean.TRUE.equals(comparison.significant()) && difference != null && difference > 0;
    }

    private List<Sentence> fromBlocks() {
        List<Sentence> sentences = new ArrayList<>();
        for (YieldBlock block : yields) {
            if (block.warnings().contains(Warning.LOW_INTENT_GAIN.name())) {
                sentences.add(Cautions.lowIntent(block.variant(), block.step()));
            }
            associations.stream()
                    .filter(association -> association.step().equals(block.step()))
                    .filter(association -> disagree(association, block))
                    .forEach(association -> sentences.add(Cautions.signDisagreement(block.variant(), block.step())));
        }
        return sentences;
    }

    private static boolean disagree(AssociationBlock association, YieldBlock block) {
        return !new StepEvidence(
                        association.difference().estimate(), block.yield().estimate(), null)
                .warnings()
                .isEmpty();
    }
}
