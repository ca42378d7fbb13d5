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
import dev.microlift.stats.Reason;
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
 *
 * <p>The units of the final analysis are compared apart, so that no unit that matures after them is in it.
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
            Plan.Decision decidedBy,
            @Nullable Raw atEnd) {

        @Nullable
        Double alwaysValidP() {
            return sequence == null ? null : sequence.pAlwaysValid();
        }

        @Nullable
        Double decidingP() {
            return decidedBy == Plan.Decision.ADJUSTED && adjusted != null ? adjusted.pValue() : difference.p();
        }

        /** Why the comparison that decides has no p-value; null if it has one. */
        @Nullable
        String refusal() {
            return decidedBy == Plan.Decision.ADJUSTED && adjusted != null && adjusted.pValue() == null
                    ? adjusted.reason()
                    : Estimate.name(difference.reason());
        }

        @Nullable
        Double finalP() {
            return atEnd == null ? null : atEnd.decidingP();
        }
    }

    private List<List<Comparison>> all() {
        List<Raw> micro = new ArrayList<>();
        List<Raw> goal = new ArrayList<>();
        for (int step = 0; step < study.steps().size(); step++) {
            for (int arm : study.treatments()) {
                (step == study.goal() ? goal : micro).add(raw(study, step, arm, study.alpha()));
            }
        }
        List<List<Comparison>> bySteps = new ArrayList<>();
        study.steps().forEach(step -> bySteps.add(new ArrayList<>()));
        adjust(micro, Multiplicity::benjaminiHochberg, "benjaminiHochberg", bySteps);
        adjust(goal, Multiplicity::holm, "holm", bySteps);
        return bySteps;
    }

    private static Raw raw(Study of, int step, int arm, double alpha) {
        Moments c = of.rate(of.controlArm(), step);
        Moments t = of.rate(of.arms().get(arm), step);
        return new Raw(
                step,
                arm,
                Welch.test(c, t, alpha),
                Fieller.lift(c, t, alpha),
                of.monitoring().isSequential()
                        ? ConfidenceSequence.of(c, t, of.monitoring().sequentialAlpha(), of.nStar(arm))
                        : null,
                adjusted(of, c, t, step, arm, alpha, sums -> sums.covariate(of.order())),
                of.plan().decision(),
                of.atEnd()
                        .map(end -> raw(end, step, arm, of.monitoring().finalAlpha()))
                        .orElse(null));
    }

    private void adjust(
            List<Raw> family,
            Function<List<@Nullable Double>, Multiplicity.Result> method,
            String name,
            List<List<Comparison>> bySteps) {
        List<@Nullable Double> fixed = new ArrayList<>();
        List<@Nullable Double> sequential = new ArrayList<>();
        List<@Nullable Double> atEnd = new ArrayList<>();
        for (Raw raw : family) {
            fixed.add(raw.decidingP());
            sequential.add(raw.alwaysValidP());
            atEnd.add(raw.finalP());
        }
        Multiplicity.Result adjusted = method.apply(fixed);
        Multiplicity.Result alwaysValid = method.apply(sequential);
        Multiplicity.Result concluding = method.apply(atEnd);
        Comparison.Adjustment adjustment = new Comparison.Adjustment(name, adjusted.m());
        IntStream.range(0, family.size()).forEach(i -> {
            Raw raw = family.get(i);
            bySteps.get(raw.step())
                    .add(comparison(
                            raw,
                            adjusted.adjusted().get(i),
                            alwaysValid.adjusted().get(i),
                            concluding.adjusted().get(i),
                            adjustment));
        });
    }

    private Comparison comparison(
            Raw raw,
            @Nullable Double pAdjusted,
            @Nullable Double alwaysValidP,
            @Nullable Double finalP,
            Comparison.Adjustment adjustment) {
        Welch.Result difference = raw.difference();
        boolean told = study.monitoring().tellsFixedHorizon();
        String refused = raw.refusal();
        return new Comparison(
                study.arms().get(raw.arm()).variant(),
                study.controlArm().variant(),
                difference(difference),
                lift(raw.lift()),
                told ? difference.p() : null,
                told ? pAdjusted : null,
                adjustment,
                raw.decidedBy(),
                alwaysValid(raw.sequence(), alwaysValidP),
                finalAnalysis(raw.atEnd(), finalP),
                raw.adjusted(),
                value(raw),
                bayes(raw),
                trusted ? study.monitoring().conclude(finalP, alwaysValidP) : null,
                told || refused != null ? refused : Comparison.READ_ONCE,
                difference.warnings().stream().map(Enum::name).toList());
    }

    private Estimate difference(Welch.Result result) {
        return told(Estimate.of(result.diff(), result.ciLow(), result.ciHigh(), result.reason()));
    }

    private Estimate lift(Fieller.Result result) {
        return told(Estimate.of(result.lift(), result.ciLow(), result.ciHigh(), result.reason()));
    }

    private Estimate told(Estimate estimate) {
        return study.monitoring().tellsFixedHorizon() ? estimate : estimate.withoutLimits(Comparison.READ_ONCE);
    }

    private Comparison.@Nullable FinalAnalysis finalAnalysis(@Nullable Raw atEnd, @Nullable Double pAdjusted) {
        if (atEnd == null) {
            return null;
        }
        Adjusted adjusted = atEnd.decidedBy() == Plan.Decision.ADJUSTED ? atEnd.adjusted() : null;
        return new Comparison.FinalAnalysis(
                study.monitoring().finalAlpha(),
                study.finalArms().get(study.control()).n()
                        + study.finalArms().get(atEnd.arm()).n(),
                adjusted == null ? difference(atEnd.difference()) : adjusted.difference(),
                adjusted == null ? lift(atEnd.lift()) : adjusted.lift(),
                atEnd.decidingP(),
                pAdjusted,
                atEnd.refusal());
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
        Double cap = study.controlArm().steps().get(raw.step()).cap();
        List<String> warnings =
                new ArrayList<>(difference.warnings().stream().map(Enum::name).toList());
        if (cap == null && study.monitoring().plan().valueCap().isPresent()) {
            warnings.add(Reason.CAP_NOT_POSITIVE.name());
        }
        return new Comparison.ValueComparison(
                difference(difference),
                lift(lift),
                study.monitoring().tellsFixedHorizon() ? difference.p() : null,
                cap,
                adjusted(study, c, t, raw.step(), raw.arm(), study.alpha(), StepMoments::valueCovariate),
                Bayes.ofMeans(c, t, 1 - study.alpha()),
                warnings);
    }

    private static @Nullable Adjusted adjusted(
            Study of,
            Moments c,
            Moments t,
            int step,
            int arm,
            double alpha,
            Function<StepMoments, Optional<Covariate>> covariate) {
        Optional<Covariate> ofC = covariate.apply(of.controlArm().steps().get(step));
        Optional<Covariate> ofT = covariate.apply(of.arms().get(arm).steps().get(step));
        if (ofC.isEmpty() || ofT.isEmpty()) {
            return null;
        }
        Adjusted adjusted = Adjusted.of(of.plan().covariateAttribute().orElse(PAST), c, ofC.get(), t, ofT.get(), alpha);
        return of.monitoring().tellsFixedHorizon() ? adjusted : adjusted.withoutTest();
    }
}
