package dev.microlift.server.planning;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.journey.StepRole;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan for a journey.
 *
 * @param steps the journey's steps in order, the goal last
 * @param value the goal's value per unit; null if nothing was said about it
 * @param recentTraffic where the baselines are from; null if they were given
 * @param sensitivity the steps by the units they require for the same lift, fewest first, refused ones last
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PlanAnswer(
        PlannedJourney journey,
        Assumptions assumptions,
        PlannedDuration duration,
        List<PlannedStep> steps,
        @Nullable PlannedStep value,
        @Nullable Recent recentTraffic,
        List<Sensitivity> sensitivity) {

    /** The journey, as it is now. */
    public record PlannedJourney(String key, int version) {}

    /**
     * What the plan rests on.
     *
     * @param inflation factor on the units that the method costs
     * @param allocation weights of the arms, control first
     * @param unitsPerDay units of the test a day: daily units times traffic
     */
    public record Assumptions(
            double lift,
            double alpha,
            double power,
            Monitoring method,
            double inflation,
            List<Double> allocation,
            double traffic,
            double dailyUnits,
            double unitsPerDay,
            long maturityDays) {}

    /**
     * The time at which the smallest detectable lifts are given.
     *
     * @param days as asked, otherwise the days that the goal requires
     * @param units matured by then, over all arms
     * @param reason why there is none: the goal's; null if there is one
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record PlannedDuration(
            @Nullable Long days,
            @Nullable Long units,
            @Nullable String reason) {}

    /**
     * One step, the goal or its value.
     *
     * @param measure rate (units that reach it) or mean (value per unit)
     * @param baseline the control's rate or mean
     * @param sd standard deviation between units; null for a rate
     * @param comparisons p-values in its family, by which alpha is divided in the worst case
     * @param requiredUnits over all arms
     * @param unitsPerVariant the same for each arm, control first
     * @param days until the last required unit has matured
     * @param reason why these three are null; null if they are there
     * @param minimumDetectableLift at the duration
     * @param minimumDetectableDifference the same in the unit of the baseline
     * @param minimumDetectableReason why these two are null; null if they are there
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record PlannedStep(
            String step,
            StepRole role,
            String measure,
            double baseline,
            @Nullable Double sd,
            int comparisons,
            @Nullable Long requiredUnits,
            @Nullable List<Long> unitsPerVariant,
            @Nullable Long days,
            @Nullable String reason,
            @Nullable Double minimumDetectableLift,
            @Nullable Double minimumDetectableDifference,
            @Nullable String minimumDetectableReason,
            List<String> warnings) {}

    /**
     * Traffic that baselines are from: units with any step, each followed for the window.
     *
     * @param from units whose first step is in [from, to)
     */
    public record Recent(Instant from, Instant to, Duration window, long units, double dailyUnits) {

        static @Nullable Recent of(@Nullable RecentTraffic traffic) {
            return traffic == null
                    ? null
                    : new Recent(traffic.from(), traffic.to(), traffic.window(), traffic.units(), traffic.dailyUnits());
        }
    }

    /** How soon a step shows the lift. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Sensitivity(
            String step,
            @Nullable Long requiredUnits,
            @Nullable Long days,
            @Nullable String reason,
            @Nullable Double minimumDetectableLift,
            @Nullable String minimumDetectableReason) {

        static Sensitivity of(PlannedStep step) {
            return new Sensitivity(
                    step.step(),
                    step.requiredUnits(),
                    step.days(),
                    step.reason(),
                    step.minimumDetectableLift(),
                    step.minimumDetectableReason());
        }
    }
}
