package dev.microlift.server.report.path;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.report.study.Estimate;
import dev.microlift.server.report.study.Study;
import dev.microlift.stats.Multiplicity;
import dev.microlift.stats.RestrictedMeanTime;
import dev.microlift.stats.StepTimes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How long until a step, up to a horizon, counting units that never do it. Less is sooner, or more units.
 *
 * @param unit of all times
 * @param horizon the window or, where there is none, the time for which every arm was followed; an arm of which
 *     all units have done the step is followed as long as any other. Null without units
 * @param comparisons treatment less control; p-values are one family over the block (Benjamini and Hochberg)
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TimeToStepBlock(
        String step, String unit, @Nullable Double horizon, List<VariantTime> variants, List<Compared> comparisons) {

    private static final double MILLIS_PER_SECOND = 1000;

    /** The horizon of a step that all units do at the instant of their exposure, as far as times are told. */
    private static final double LEAST_SECONDS = 1;

    /**
     * One variant.
     *
     * @param rmst restricted mean time
     * @param reached share of its units that do the step by the horizon
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record VariantTime(
            String variant,
            @Nullable Double rmst,
            @Nullable Double reached,
            @Nullable String reason) {}

    /** One treatment against control. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Compared(
            String variant,
            Estimate difference,
            @Nullable Double pValue,
            @Nullable Double pAdjusted,
            @Nullable String reason) {}

    /** One block for each step, the goal last. */
    public static List<TimeToStepBlock> of(Study study) {
        List<List<RestrictedMeanTime.Result>> results = new ArrayList<>();
        List<@Nullable Double> p = new ArrayList<>();
        for (int step = 0; step < study.steps().size(); step++) {
            double horizon = horizon(study, step);
            List<RestrictedMeanTime.Result> row = new ArrayList<>();
            for (int arm : study.treatments()) {
                row.add(RestrictedMeanTime.compare(
                        seconds(study.controlArm(), step),
                        seconds(study.arms().get(arm), step),
                        horizon,
                        study.alpha()));
            }
            row.forEach(result -> p.add(result.p()));
            results.add(row);
        }
        List<@Nullable Double> adjusted = Multiplicity.benjaminiHochberg(p).adjusted();
        List<TimeToStepBlock> blocks = new ArrayList<>();
        int treatments = study.treatments().size();
        for (int step = 0; step < results.size(); step++) {
            blocks.add(block(
                    study, step, results.get(step), adjusted.subList(step * treatments, (step + 1) * treatments)));
        }
        return blocks;
    }

    private static TimeToStepBlock block(
            Study study, int step, List<RestrictedMeanTime.Result> results, List<@Nullable Double> adjusted) {
        double horizon = horizon(study, step);
        List<VariantTime> variants = new ArrayList<>();
        RestrictedMeanTime.Result first = results.get(0);
        variants.add(new VariantTime(study.controlArm().variant(), first.rmstC(), first.reachedC(), refusal(first)));
        List<Compared> compared = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            RestrictedMeanTime.Result result = results.get(i);
            String variant = study.arms().get(study.treatments().get(i)).variant();
            variants.add(new VariantTime(variant, result.rmstT(), result.reachedT(), refusal(result)));
            compared.add(new Compared(
                    variant,
                    Estimate.of(result.diff(), result.ciLow(), result.ciHigh(), result.reason()),
                    result.p(),
                    adjusted.get(i),
                    Estimate.name(result.reason())));
        }
        return new TimeToStepBlock(
                study.steps().get(step).key(), "seconds", horizon > 0 ? horizon : null, variants, compared);
    }

    private static @Nullable String refusal(RestrictedMeanTime.Result result) {
        return result.rmstC() == null ? Estimate.name(result.reason()) : null;
    }

    /**
     * The time for which units of every arm were followed, at most the window. It is known of arms with units on the way:
     * one in which all have done the step says nothing new however long it is followed.
     */
    private static double horizon(Study study, int step) {
        List<StepTimes> times = study.arms().stream()
                .map(arm -> seconds(arm, step))
                .filter(arm -> arm.at().length > 0)
                .toList();
        if (times.isEmpty()) {
            return 0;
        }
        Optional<Double> window = study.plan().unitWindow().map(limit -> limit.toMillis() / MILLIS_PER_SECOND);
        OptionalDouble followed = times.stream()
                .filter(TimeToStepBlock::hasUnitsOnTheWay)
                .mapToDouble(TimeToStepBlock::last)
                .min();
        if (followed.isPresent()) {
            return Math.min(window.orElse(Double.POSITIVE_INFINITY), followed.getAsDouble());
        }
        double latest = times.stream().mapToDouble(TimeToStepBlock::last).max().orElse(0);
        return window.orElse(Math.max(latest, LEAST_SECONDS));
    }

    private static boolean hasUnitsOnTheWay(StepTimes times) {
        return times.censored()[times.at().length - 1] > 0;
    }

    private static double last(StepTimes times) {
        return times.at()[times.at().length - 1];
    }

    private static StepTimes seconds(Arm arm, int step) {
        if (arm.times().isEmpty()) {
            return new StepTimes(new double[0], new long[0], new long[0]);
        }
        var times = arm.times().get(step);
        return new StepTimes(
                Arrays.stream(times.at())
                        .mapToDouble(at -> at / MILLIS_PER_SECOND)
                        .toArray(),
                times.reached(),
                times.censored());
    }
}
