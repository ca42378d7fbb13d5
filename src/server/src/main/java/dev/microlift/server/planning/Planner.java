package dev.microlift.server.planning;

import dev.microlift.server.journey.Journey;
import dev.microlift.server.journey.Step;
import dev.microlift.server.journey.StepRole;
import dev.microlift.stats.JourneyPlan;
import dev.microlift.stats.Planning;
import dev.microlift.stats.Reason;
import dev.microlift.stats.Thresholds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans one request. Required units do not depend on the duration, so a first pass finds the days that the goal
 * requires, and a second one what can be detected by then.
 */
final class Planner {

    private final PlanRequest request;
    private final List<Step> steps;
    private final @Nullable Long days;
    private final JourneyPlan.Result plan;

    private Planner(PlanRequest request) {
        this.request = request;
        Journey journey = request.journey().journey();
        this.steps = journey.steps();
        List<Planning.Metric> rates = request.baselines().stream()
                .map(baseline -> Planning.Metric.binary(baseline.rate()))
                .toList();
        JourneyPlan.Result required = plan(rates, null);
        this.days = request.days() != null
                ? request.days()
                : required.rows().get(steps.size() - 1).size().days();
        this.plan = plan(rates, days);
    }

    /** The plan that was asked for. */
    static PlanAnswer plan(PlanRequest request) {
        return new Planner(request).answer();
    }

    private JourneyPlan.Result plan(List<Planning.Metric> metrics, @Nullable Long duration) {
        return JourneyPlan.of(
                metrics,
                request.lift(),
                request.alpha(),
                request.power(),
                request.method().inflation(),
                request.allocation().stream().mapToDouble(Double::doubleValue).toArray(),
                new JourneyPlan.Traffic(request.unitsPerDay(), request.maturityDays(), duration));
    }

    private PlanAnswer answer() {
        List<PlanAnswer.PlannedStep> rows = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            rows.add(rate(i));
        }
        return new PlanAnswer(
                new PlanAnswer.PlannedJourney(
                        request.journey().journey().key(), request.journey().version()),
                assumptions(),
                new PlanAnswer.PlannedDuration(
                        days,
                        days == null ? null : (Long) request.maturedUnits(days),
                        days == null ? goalReason() : null),
                List.copyOf(rows),
                value(),
                PlanAnswer.Recent.of(request.recent()),
                plan.ranking().stream()
                        .map(rows::get)
                        .map(PlanAnswer.Sensitivity::of)
                        .toList());
    }

    private PlanAnswer.Assumptions assumptions() {
        return new PlanAnswer.Assumptions(
                request.lift(),
                request.alpha(),
                request.power(),
                request.method(),
                request.method().inflation(),
                request.allocation(),
                request.traffic(),
                request.dailyUnits(),
                request.unitsPerDay(),
                request.maturityDays());
    }

    private PlanAnswer.PlannedStep rate(int i) {
        double rate = request.baselines().get(i).rate();
        JourneyPlan.Row row = plan.rows().get(i);
        List<String> warnings = new ArrayList<>();
        if (row.size().fewConversions()) {
            warnings.add(PlanWarning.FEW_EXPECTED_CONVERSIONS.name());
        }
        if (days != null && request.maturedUnits(days) * request.smallestShare() * rate < Thresholds.MIN_CONVERSIONS) {
            warnings.add(PlanWarning.FEW_EXPECTED_CONVERSIONS_AT_DURATION.name());
        }
        if (isBelowLater(i)) {
            warnings.add(PlanWarning.RATE_BELOW_LATER_STEP.name());
        }
        return row("rate", steps.get(i), rate, null, row, warnings);
    }

    /** A mean is planned like a goal: it has the goal's family of comparisons. */
    private PlanAnswer.@Nullable PlannedStep value() {
        Baseline.Value value = request.baselines().get(steps.size() - 1).value();
        if (value == null) {
            return null;
        }
        JourneyPlan.Row row = plan(List.of(Planning.Metric.mean(value.mean(), value.sd())), days)
                .rows()
                .get(0);
        return row("mean", steps.get(steps.size() - 1), value.mean(), value.sd(), row, List.of());
    }

    private PlanAnswer.PlannedStep row(
            String measure,
            Step step,
            double baseline,
            @Nullable Double sd,
            JourneyPlan.Row row,
            List<String> warnings) {
        Planning.Size size = row.size();
        Planning.Detectable detectable = row.detectable();
        boolean timed = days != null;
        return new PlanAnswer.PlannedStep(
                step.key(),
                step.role(),
                measure,
                baseline,
                sd,
                step.role() == StepRole.MACRO ? request.treatments() : request.treatments() * (steps.size() - 1),
                size.nTotal(),
                size.nArms(),
                size.days(),
                name(size.reason()),
                timed ? detectable.mdeRel() : null,
                timed ? detectable.mdeAbs() : null,
                timed ? name(detectable.reason()) : goalReason(),
                List.copyOf(warnings));
    }

    private boolean isBelowLater(int i) {
        if (steps.get(i).optional()) {
            return false;
        }
        for (int later = i + 1; later < steps.size(); later++) {
            if (!steps.get(later).optional()
                    && request.baselines().get(later).rate()
                            > request.baselines().get(i).rate()) {
                return true;
            }
        }
        return false;
    }

    private @Nullable String goalReason() {
        return name(plan.rows().get(steps.size() - 1).size().reason());
    }

    private static @Nullable String name(@Nullable Reason reason) {
        return reason == null ? null : reason.name();
    }
}
