package dev.microlift.server.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Population;
import dev.microlift.server.analysis.StepOrder;
import dev.microlift.server.experiment.Method;
import dev.microlift.server.experiment.Plan;
import dev.microlift.server.report.study.Monitoring;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How figures were computed.
 *
 * @param level of intervals that are not always valid; they are not adjusted for multiplicity
 * @param provisional true if units are included whose window is still open
 * @param covariate attribute that explains figures; null for none
 * @param cap quantile that units' values are capped at; null for none
 * @param decision which comparison decides at the planned end
 * @param from units first exposed before are left out; null for none
 * @param to units first exposed from this time on are left out; null for none
 * @param thresholds at which figures are refused
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Settings(
        Method method,
        double alpha,
        double level,
        @Nullable Duration window,
        Population population,
        StepOrder stepOrder,
        boolean provisional,
        @Nullable Long plannedUnits,
        boolean plannedEndReached,
        List<String> segments,
        @Nullable Duration preExposure,
        @Nullable String covariate,
        @Nullable Double cap,
        Plan.Decision decision,
        @Nullable Instant from,
        @Nullable Instant to,
        Refusals thresholds) {

    static Settings of(Monitoring monitoring, ReportOptions options, List<String> segments) {
        Plan plan = monitoring.plan();
        return new Settings(
                plan.method(),
                plan.alpha(),
                1 - plan.alpha(),
                plan.window(),
                options.population(),
                options.stepOrder(),
                plan.unitWindow().isPresent() && options.population() == Population.ALL,
                plan.plannedUnits(),
                monitoring.isPlannedEndReached(),
                segments,
                plan.preExposure(),
                plan.covariate(),
                plan.cap(),
                plan.decision(),
                options.from(),
                options.to(),
                Refusals.ALL);
    }
}
