package dev.microlift.server.report.metric;

import dev.microlift.server.analysis.Covariate;
import dev.microlift.server.analysis.StepMoments;
import dev.microlift.server.experiment.Plan;
import dev.microlift.server.journey.Step;
import dev.microlift.server.report.study.Estimate;
import dev.microlift.server.report.study.Study;
import dev.microlift.stats.ConfidenceSequence;
import dev.microlift.stats.Fieller;
import dev.microlift.stats.Moments;
import dev.microlift.stats.Multiplicity;
import dev.microlift.stats.Welch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Compares every treatment with the control on every step. The goal's p-values are one family (Holm), those of all micro
 * steps another (Benjamini and Hochberg): a goal is never paid for with micro steps.
 */
public final class Comparisons {

    /** Name of the covariate that is a unit's own past. */
    private static final String PAST = "preExposure";

    private final Study study;
    private final boolean trusted;

    private Comparisons(Study study, boolean trusted) {
        this.study = study;
        this.trusted = trusted;
    }

    /**
     * For each step of the journey, in order, its comparisons in the order of the variants.
     *
     * @param trusted false to conclude nothing
     */
    public static List<List<Comparison>> of(Study study, boolean trusted) {
        return new Comparisons(study, trusted).all();
    }

    /** A comparison before its p-values are adjusted for multiplicity. */
    private record Raw(
            int step,
            int arm,
            Welch.Result difference,
            Fieller.Result lift,
            ConfidenceSequence.@Nullable Result sequence,
            @Nullable Adjusted adjusted,
            Plan.Decision decidedBy) {

        @Nullable
        Double alwaysValidP() {
            return sequence == null ? null : sequence.pAlwaysValid();
        }

        @Nullable
        Double decidingP() {
            return decidedBy == Plan.Decision.ADJUSTED && adjusted != null ? adjusted.pValue() : difference.p();
        }
    }

    private List<List<Comparison>> all() {
        List<Raw> micro = new ArrayList<>();
        List<Raw> goal = new ArrayList<>();
        for (int step = 0; step < study.steps().size(); step++) {
            for (int arm : study.treatments()) {
                (step == study.goal() ? goal : micro).add(raw(step, arm));
            }
        }
        List<List<Comparison>> bySteps = new ArrayList<>();
        study.steps().forEach(step -> bySteps.add(new ArrayList<>()));
        adjust(micro, Multiplicity::benjaminiHochberg, "benjaminiHochberg", bySteps);
        adjust(goal, Multiplicity::holm, "holm", bySteps);
        return bySteps;
    }

    private Raw raw(int step, int arm) {
        Moments c = study.rate(study.controlArm(), step);
        Moments t = study.rate(study.arms().get(arm), step);
        return new Raw(
                step,
                arm,
                Welch.test(c, t, study.alpha()),
                Fieller.lift(c, t, study.alpha()),
                study.monitoring().isSequential()
                        ? ConfidenceSequence.of(c, t, study.monitoring().sequentialAlpha(), study.nStar(arm))
                        : null,
                adjusted(c, t, step, arm, sums -> sums.covariate(study.order())),
                study.plan().decision());
    }

    private void adjust(
            List<Raw> family,
            Function<List<@Nullable Double>, Multiplicity.Result> method,
            String name,
            List<List<Comparison>> bySteps) {
        List<@Nullable Double> fixed = new ArrayList<>();
        List<@Nullable Double> sequential = new ArrayList<>();
        for (Raw raw : family) {
            fixed.add(raw.decidingP());
            sequential.add(raw.alwaysValidP());
        }
        Multiplicity.Result adjusted = method.apply(fixed);
        Multiplicity.Result alwaysValid = method.apply(sequential);
        Comparison.Adjustment adjustment = new Comparison.Adjustment(name, adjusted.m());
        IntStream.range(0, family.size()).forEach(i -> {
            Raw raw = family.get(i);
            bySteps.get(raw.step())
                    .add(comparison(
                            raw,
                            adjusted.adjusted().get(i),
                            alwaysValid.adjusted().get(i),
                            adjustment));
        });
    }

    private Comparison comparison(
            Raw raw, @Nullable Double pAdjusted, @Nullable Double alwaysValidP, Comparison.Adjustment adjustment) {
        Welch.Result difference = raw.difference();
        Fieller.Result lift = raw.lift();
        return new Comparison(
                study.arms().get(raw.arm()).variant(),
                study.controlArm().variant(),
                Estimate.of(difference.diff(), difference.ciLow(), difference.ciHigh(), difference.reason()),
                Estimate.of(lift.lift(), lift.ciLow(), lift.ciHigh(), lift.reason()),
                difference.p(),
                pAdjusted,
                adjustment,
                raw.decidedBy(),
                alwaysValid(raw.sequence(), alwaysValidP),
                raw.adjusted(),
                value(raw),
                bayes(raw),
                trusted ? study.monitoring().conclude(pAdjusted, alwaysValidP) : null,
                Estimate.name(difference.reason()),
                difference.warnings().stream().map(Enum::name).toList());
    }

    private Comparison.@Nullable AlwaysValid alwaysValid(
            ConfidenceSequence.@Nullable Result sequence, @Nullable Double pAdjusted) {
        return sequence == null
                ? null
                : new Comparison.AlwaysValid(
                        study.monitoring().sequentialAlpha(),
                        Estimate.interval(sequence.ciLow(), sequence.ciHigh()),
                        Estimate.interval(sequence.liftCiLow(), sequence.liftCiHigh()),
                        sequence.pAlwaysValid(),
                        pAdjusted,
                        Estimate.name(sequence.reason()));
    }

    private Bayes bayes(Raw raw) {
        return Bayes.ofRates(
                study.rate(study.controlArm(), raw.step()),
                study.rate(study.arms().get(raw.arm()), raw.step()),
                1 - study.alpha());
    }

    private Comparison.@Nullable ValueComparison value(Raw raw) {
        Step step = study.steps().get(raw.step());
        if (step.valueProperty().isEmpty()) {
            return null;
        }
        Moments c = study.value(study.controlArm(), raw.step());
        Moments t = study.value(study.arms().get(raw.arm()), raw.step());
        Welch.Result difference = Welch.test(c, t, study.alpha());
        Fieller.Result lift = Fieller.lift(c, t, study.alpha());
        return new Comparison.ValueComparison(
                Estimate.of(difference.diff(), difference.ciLow(), difference.ciHigh(), difference.reason()),
                Estimate.of(lift.lift(), lift.ciLow(), lift.ciHigh(), lift.reason()),
                difference.p(),
                study.controlArm().steps().get(raw.step()).cap(),
                adjusted(c, t, raw.step(), raw.arm(), StepMoments::valueCovariate),
                Bayes.ofMeans(c, t, 1 - study.alpha()),
                difference.warnings().stream().map(Enum::name).toList());
    }

    private @Nullable Adjusted adjusted(
            Moments c, Moments t, int step, int arm, Function<StepMoments, Optional<Covariate>> covariate) {
        Optional<Covariate> ofC = covariate.apply(study.controlArm().steps().get(step));
        Optional<Covariate> ofT = covariate.apply(study.arms().get(arm).steps().get(step));
        return ofC.isEmpty() || ofT.isEmpty()
                ? null
                : Adjusted.of(
                        study.plan().covariateAttribute().orElse(PAST), c, ofC.get(), t, ofT.get(), study.alpha());
    }
}
