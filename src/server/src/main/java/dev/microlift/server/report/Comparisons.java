package dev.microlift.server.report;

import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.Reach;
import dev.microlift.server.analysis.StepMoments;
import dev.microlift.server.analysis.StepOrder;
import dev.microlift.server.journey.Journey;
import dev.microlift.server.journey.Step;
import dev.microlift.server.journey.StepRole;
import dev.microlift.stats.ConfidenceSequence;
import dev.microlift.stats.Fieller;
import dev.microlift.stats.Moments;
import dev.microlift.stats.Multiplicity;
import dev.microlift.stats.Welch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Compares every treatment with the control on every step. The goal's p-values are one family (Holm), those of all micro
 * steps another (Benjamini and Hochberg): a goal is never paid for with micro steps.
 */
final class Comparisons {

    private final Journey journey;
    private final List<Arm> arms;
    private final Reach reach;
    private final StepOrder order;
    private final int control;
    private final List<Double> shares;
    private final Monitoring monitoring;
    private final boolean trusted;

    Comparisons(
            Journey journey,
            List<Arm> arms,
            StepOrder order,
            int control,
            List<Double> shares,
            Monitoring monitoring,
            boolean trusted) {
        this.journey = journey;
        this.arms = arms;
        this.reach = new Reach(journey.steps());
        this.order = order;
        this.control = control;
        this.shares = shares;
        this.monitoring = monitoring;
        this.trusted = trusted;
    }

    /** A comparison before its p-values are adjusted. */
    private record Raw(
            int step,
            int arm,
            Welch.Result difference,
            Fieller.Result lift,
            ConfidenceSequence.@Nullable Result sequence) {

        @Nullable
        Double alwaysValidP() {
            return sequence == null ? null : sequence.pAlwaysValid();
        }
    }

    /** For each step of the journey, in order, its comparisons in the order of the variants. */
    List<List<Comparison>> all() {
        List<Raw> micro = new ArrayList<>();
        List<Raw> goal = new ArrayList<>();
        for (int step = 0; step < journey.steps().size(); step++) {
            for (int arm = 0; arm < arms.size(); arm++) {
                if (arm != control) {
                    (journey.steps().get(step).role() == StepRole.MACRO ? goal : micro).add(raw(step, arm));
                }
            }
        }
        List<List<Comparison>> bySteps = new ArrayList<>();
        journey.steps().forEach(step -> bySteps.add(new ArrayList<>()));
        adjust(micro, Multiplicity::benjaminiHochberg, "benjaminiHochberg", bySteps);
        adjust(goal, Multiplicity::holm, "holm", bySteps);
        return bySteps;
    }

    private Raw raw(int step, int arm) {
        Moments c = rate(step, control);
        Moments t = rate(step, arm);
        double alpha = monitoring.plan().alpha();
        return new Raw(
                step,
                arm,
                Welch.test(c, t, alpha),
                Fieller.lift(c, t, alpha),
                monitoring.isSequential()
                        ? ConfidenceSequence.of(
                                c,
                                t,
                                monitoring.sequentialAlpha(),
                                monitoring.nStar(shares.get(control) + shares.get(arm)))
                        : null);
    }

    private void adjust(
            List<Raw> family,
            Function<List<@Nullable Double>, Multiplicity.Result> method,
            String name,
            List<List<Comparison>> bySteps) {
        List<@Nullable Double> fixed = new ArrayList<>();
        List<@Nullable Double> sequential = new ArrayList<>();
        for (Raw raw : family) {
            fixed.add(raw.difference().p());
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
                arms.get(raw.arm()).variant(),
                arms.get(control).variant(),
                Estimate.of(difference.diff(), difference.ciLow(), difference.ciHigh(), difference.reason()),
                Estimate.of(lift.lift(), lift.ciLow(), lift.ciHigh(), lift.reason()),
                difference.p(),
                pAdjusted,
                adjustment,
                alwaysValid(raw.sequence(), alwaysValidP),
                value(raw),
                trusted ? monitoring.conclude(pAdjusted, alwaysValidP) : null,
                Estimate.name(difference.reason()),
                difference.warnings().stream().map(Enum::name).toList());
    }

    private Comparison.@Nullable AlwaysValid alwaysValid(
            ConfidenceSequence.@Nullable Result sequence, @Nullable Double pAdjusted) {
        return sequence == null
                ? null
                : new Comparison.AlwaysValid(
                        monitoring.sequentialAlpha(),
                        Estimate.interval(sequence.ciLow(), sequence.ciHigh()),
                        Estimate.interval(sequence.liftCiLow(), sequence.liftCiHigh()),
                        sequence.pAlwaysValid(),
                        pAdjusted,
                        Estimate.name(sequence.reason()));
    }

    private Comparison.@Nullable ValueComparison value(Raw raw) {
        Step step = journey.steps().get(raw.step());
        if (step.valueProperty().isEmpty()) {
            return null;
        }
        Moments c = mean(raw.step(), control);
        Moments t = mean(raw.step(), raw.arm());
        Welch.Result difference = Welch.test(c, t, monitoring.plan().alpha());
        Fieller.Result lift = Fieller.lift(c, t, monitoring.plan().alpha());
        return new Comparison.ValueComparison(
                Estimate.of(difference.diff(), difference.ciLow(), difference.ciHigh(), difference.reason()),
                Estimate.of(lift.lift(), lift.ciLow(), lift.ciHigh(), lift.reason()),
                difference.p(),
                difference.warnings().stream().map(Enum::name).toList());
    }

    private Moments rate(int step, int arm) {
        return Moments.binary(arms.get(arm).n(), reach.converted(arms.get(arm), step, order));
    }

    private Moments mean(int step, int arm) {
        StepMoments sums = arms.get(arm).steps().get(step);
        return Moments.mean(arms.get(arm).n(), sums.valueSum(), sums.valueSumOfSquares());
    }
}
