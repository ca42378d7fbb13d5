package dev.microlift.server.report.verdict;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verdict is made from.
 *
 * @param failedChecks names of trust checks that are invalid
 * @param suspiciousChecks names of those that warn
 * @param treatments in the order of the variants
 * @param isOver whether the planned end is reached or the experiment was stopped
 * @param isProvisional whether units are included whose window is still open
 * @param isExploratory whether the plan was changed after the start, or the report speaks of a part of the units
 * @param isDecisionMetric whether the goal is that of the experiment's first journey, reached in the usual order
 * @param matured units so far
 * @param plannedUnits null if there is no planned end
 */
public record Case(
        List<String> failedChecks,
        List<String> suspiciousChecks,
        List<Treatment> treatments,
        boolean isOver,
        boolean isProvisional,
        boolean isExploratory,
        boolean isDecisionMetric,
        long matured,
        @Nullable Long plannedUnits) {

    public Case {
        failedChecks = List.copyOf(failedChecks);
        suspiciousChecks = List.copyOf(suspiciousChecks);
        treatments = List.copyOf(treatments);
    }

    /**
     * One treatment.
     *
     * @param lift of the goal; null if it was refused
     * @param difference of the goal; null if it was refused
     * @param significant by the plan's method; null if it cannot be said
     * @param reason why not; null if it can
     * @param violated guardrails that are
     * @param undecided guardrails that are neither violated nor passed
     * @param microUp micro steps that moved up significantly
     */
    public record Treatment(
            String variant,
            @Nullable Double lift,
            @Nullable Double difference,
            @Nullable Double pAdjusted,
            @Nullable Boolean significant,
            @Nullable String reason,
            List<String> violated,
            List<String> undecided,
            List<String> microUp) {

        boolean wins() {
            return Boolean.TRUE.equals(significant) && difference != null && difference > 0;
        }

        boolean loses() {
            return Boolean.TRUE.equals(significant) && difference != null && difference < 0;
        }

        boolean isHarmless() {
            return violated.isEmpty();
        }
    }
}
