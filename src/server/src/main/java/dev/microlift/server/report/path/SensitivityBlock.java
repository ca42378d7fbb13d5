package dev.microlift.server.report.path;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.Day;
import dev.microlift.server.report.study.Estimate;
import dev.microlift.server.report.study.Study;
import dev.microlift.stats.JourneyPlan;
import dev.microlift.stats.Planning;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How soon would a step have shown the same lift? From the control's rates and the units that came each day.
 *
 * @param baseline the control's rate
 * @param lift relative effect that the required units are for: the smallest that the goal shows at the present number of
 *     units, or, where that cannot be said, 10 percent
 * @param power probability to detect it
 * @param requiredUnits over all arms, for the plan's method
 * @param days until the last required unit has matured; null where no unit came
 * @param minimumDetectableLift smallest lift that the step shows at the planned or, without a plan, the present units
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SensitivityBlock(
        String step,
        @Nullable Double baseline,
        double lift,
        double power,
        @Nullable Long requiredUnits,
        @Nullable Double minimumDetectableLift,
        @Nullable Long days,
        @Nullable String reason,
        @Nullable String minimumDetectableReason) {

    private static final double POWER = 0.8;
    private static final double LIFT_WITHOUT_BASELINE = 0.1;

    /** One block for each step, the goal last. */
    public static List<SensitivityBlock> of(Study study, List<Day> days) {
        Arm control = study.controlArm();
        List<@Nullable Double> rates = new ArrayList<>();
        List<Planning.Metric> metrics = new ArrayList<>();
        for (int step = 0; step < study.steps().size(); step++) {
            Double rate = control.n() == 0 ? null : (double) study.converted(control, step) / control.n();
            rates.add(rate);
            metrics.add(Planning.Metric.binary(rate == null ? 0 : rate));
        }
        double units = study.plan().plannedEnd().isPresent()
                ? study.plan().plannedEnd().getAsLong()
                : study.arms().stream().mapToLong(Arm::n).sum();
        double dailyUnits = dailyUnits(days);
        long maturity =
                study.plan().unitWindow().map(SensitivityBlock::wholeDays).orElse(0L);
        // The plan's traffic is so large that the present units come in one day: its rows then tell what they detect.
        List<JourneyPlan.Row> present =
                plan(study, metrics, LIFT_WITHOUT_BASELINE, new JourneyPlan.Traffic(Math.max(1, units), 0, 1L));
        Double detectable = present.get(study.goal()).detectable().mdeRel();
        double lift = detectable == null ? LIFT_WITHOUT_BASELINE : detectable;
        List<JourneyPlan.Row> required =
                plan(study, metrics, lift, new JourneyPlan.Traffic(Math.max(1, dailyUnits), maturity, null));
        return IntStream.range(0, study.steps().size())
                .mapToObj(step -> new SensitivityBlock(
                        study.steps().get(step).key(),
                        rates.get(step),
                        lift,
                        POWER,
                        required.get(step).size().nTotal(),
                        present.get(step).detectable().mdeRel(),
                        dailyUnits > 0 ? required.get(step).size().days() : null,
                        Estimate.name(required.get(step).size().reason()),
                        Estimate.name(present.get(step).detectable().reason())))
                .toList();
    }

    private static List<JourneyPlan.Row> plan(
            Study study, List<Planning.Metric> metrics, double lift, JourneyPlan.Traffic traffic) {
        List<Double> allocation = new ArrayList<>();
        allocation.add(study.shares().get(study.control()));
        study.treatments().forEach(arm -> allocation.add(study.shares().get(arm)));
        return JourneyPlan.of(
                        metrics,
                        lift,
                        study.alpha(),
                        POWER,
                        study.monitoring().inflation(),
                        allocation.stream().mapToDouble(Double::doubleValue).toArray(),
                        traffic)
                .rows();
    }

    /** Units a day, from the first day that brought some to the last. */
    private static double dailyUnits(List<Day> days) {
        if (days.isEmpty()) {
            return 0;
        }
        long units = days.stream()
                .flatMap(day -> day.exposedByVariant().stream())
                .mapToLong(Long::longValue)
                .sum();
        long span = ChronoUnit.DAYS.between(
                        days.get(0).day(), days.get(days.size() - 1).day())
                + 1;
        return (double) units / span;
    }

    private static long wholeDays(Duration window) {
        return (window.toMillis() + Duration.ofDays(1).toMillis() - 1)
                / Duration.ofDays(1).toMillis();
    }
}
