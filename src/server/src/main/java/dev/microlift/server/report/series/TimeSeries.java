package dev.microlift.server.report.series;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.StepMoments;
import dev.microlift.server.analysis.StepOrder;
import dev.microlift.server.analysis.TimePoint;
import dev.microlift.server.experiment.Method;
import dev.microlift.server.report.study.Estimate;
import dev.microlift.server.report.study.Shares;
import dev.microlift.server.report.study.Study;
import dev.microlift.stats.ConfidenceSequence;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One metric, cumulative, at the end of every day (UTC) that brought new units: with a window that is the day on which it
 * closed, without one that of the first exposure.
 *
 * @param method of the plan
 * @param alpha error level of the intervals, which hold at all days together
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TimeSeries(
        String experiment, String metric, StepOrder stepOrder, Method method, double alpha, List<Point> points) {

    /** The end of a day. */
    public record Point(LocalDate day, List<SoFar> variants, List<Compared> comparisons) {}

    /**
     * One variant so far.
     *
     * @param converted units that reached the step
     * @param value what the step's value adds up to; null where the rate is the metric
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record SoFar(
            String variant,
            long n,
            long converted,
            @Nullable Double rate,
            @Nullable Value value) {}

    /**
     * A value summed per unit; it is not capped, for what is rare among all units is not known on the first day.
     *
     * @param mean per unit; null if there are none
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Value(double sum, @Nullable Double mean) {}

    /**
     * One treatment so far.
     *
     * @param pValue holds at every look
     * @param pRunning the smallest so far
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Compared(
            String variant,
            Estimate difference,
            Estimate lift,
            @Nullable Double pValue,
            @Nullable Double pRunning,
            @Nullable String reason) {}

    /**
     * The series of one metric.
     *
     * @param study of whatever arms; each day has its own
     */
    static TimeSeries of(String experiment, Study study, Metric metric, List<TimePoint> days) {
        Map<Integer, Double> running = new HashMap<>();
        List<Point> points = new ArrayList<>();
        for (TimePoint day : days) {
            Study then = study.of(day.arms().stream().map(TimeSeries::arm).toList());
            List<Compared> compared = new ArrayList<>();
            for (int arm : then.treatments()) {
                ConfidenceSequence.Result result = ConfidenceSequence.of(
                        metric.of(then, then.controlArm()),
                        metric.of(then, then.arms().get(arm)),
                        study.monitoring().sequentialAlpha(),
                        study.nStar(arm));
                Double smallest = ConfidenceSequence.pRunning(running.get(arm), result.pAlwaysValid());
                if (smallest != null) {
                    running.put(arm, smallest);
                }
                compared.add(compared(then.arms().get(arm).variant(), result, smallest));
            }
            points.add(new Point(
                    day.day(),
                    then.arms().stream().map(arm -> soFar(then, arm, metric)).toList(),
                    compared));
        }
        return new TimeSeries(
                experiment,
                metric.key(),
                study.order(),
                study.plan().method(),
                study.monitoring().sequentialAlpha(),
                points);
    }

    private static SoFar soFar(Study study, Arm arm, Metric metric) {
        long converted = study.converted(arm, metric.step());
        double sum = arm.steps().get(metric.step()).valueSum();
        return new SoFar(
                arm.variant(),
                arm.n(),
                converted,
                Shares.of(converted, arm.n()),
                metric.isValue() ? new Value(sum, Shares.of(sum, arm.n())) : null);
    }

    private static Arm arm(TimePoint.ArmAtDay day) {
        List<StepMoments> values = day.values().stream()
                .map(value -> new StepMoments(0, 0, value.sum(), value.sumOfSquares(), null, null, null, null))
                .toList();
        return new Arm(day.variant(), day.n(), day.n(), day.n(), day.paths(), values, List.of(), List.of());
    }

    private static Compared compared(String variant, ConfidenceSequence.Result result, @Nullable Double running) {
        return new Compared(
                variant,
                Estimate.of(result.diff(), result.ciLow(), result.ciHigh(), result.reason()),
                Estimate.of(result.lift(), result.liftCiLow(), result.liftCiHigh(), result.liftReason()),
                result.pAlwaysValid(),
                running,
                Estimate.name(result.reason()));
    }
}
