package dev.microlift.server.report.study;

import dev.microlift.server.experiment.Method;
import dev.microlift.server.experiment.Plan;
import dev.microlift.stats.ConfidenceSequence;
import dev.microlift.stats.HybridMonitoring;
import org.jspecify.annotations.Nullable;

/**
 * When the plan allows to conclude.
 *
 * @param maturedUnits matured units over all variants
 * @param isStopped whether the experiment has ended
 */
public record Monitoring(Plan plan, long maturedUnits, boolean isStopped) {

    /** At most this share of the error level is spent on a hybrid plan's looks before its end. */
    private static final double SEQUENTIAL_SHARE = 0.2;

    /** Whether the planned number of units has matured. */
    public boolean isPlannedEndReached() {
        return plan.plannedEnd().isPresent()
                && maturedUnits >= plan.plannedEnd().getAsLong();
    }

    /** Whether figures that hold at every look belong in the report. */
    public boolean isSequential() {
        return plan.method() != Method.FIXED;
    }

    /** The error level of the figures that hold at every look. */
    public double sequentialAlpha() {
        return plan.method() == Method.HYBRID
                ? Math.min(HybridMonitoring.ALPHA_SEQ, SEQUENTIAL_SHARE * plan.alpha())
                : plan.alpha();
    }

    /**
     * Whether the one analysis that is not repeated can be made: of the units that had matured at the planned end. A plan
     * that is read once and names no end ends when it is read, and whoever reads it sees to it that this is once.
     */
    public boolean hasFinalAnalysis() {
        return switch (plan.method()) {
            case SEQUENTIAL -> false;
            case FIXED -> plan.plannedEnd().isEmpty() || isPlannedEndReached();
            case HYBRID -> plan.plannedEnd().isPresent() ? isPlannedEndReached() : isStopped;
        };
    }

    /** Whether p-values and intervals that are meant to be read once may be told: not while their end is still to come. */
    public boolean tellsFixedHorizon() {
        return plan.method() != Method.FIXED || hasFinalAnalysis() || isStopped;
    }

    /** The error level of that analysis. */
    public double finalAlpha() {
        return plan.method() == Method.HYBRID ? plan.alpha() - sequentialAlpha() : plan.alpha();
    }

    /** The factor on the units of a test that this method costs, beside one that is read once (simulated). */
    public double inflation() {
        return switch (plan.method()) {
            case FIXED -> 1;
            case HYBRID -> 1.07;
            case SEQUENTIAL -> 1.71;
        };
    }

    /**
     * The number of units at which the confidence sequence of two arms is tightest.
     *
     * @param share of all units that is expected in the two arms
     */
    public double nStar(double share) {
        if (plan.plannedEnd().isEmpty()) {
            return ConfidenceSequence.DEFAULT_NSTAR;
        }
        double planned = plan.plannedEnd().getAsLong() * share;
        return plan.method() == Method.HYBRID ? planned / 2 : planned;
    }

    /**
     * The plan's conclusion on one comparison; null if a p-value it needs was refused.
     *
     * @param p adjusted p-value of the final analysis; it counts for nothing before that can be made
     * @param alwaysValid adjusted p-value that holds at every look
     */
    public @Nullable Boolean conclude(@Nullable Double p, @Nullable Double alwaysValid) {
        return switch (plan.method()) {
            case FIXED -> hasFinalAnalysis() ? below(p, finalAlpha()) : Boolean.FALSE;
            case SEQUENTIAL -> below(alwaysValid, plan.alpha());
            case HYBRID -> hybrid(p, alwaysValid);
        };
    }

    private @Nullable Boolean hybrid(@Nullable Double p, @Nullable Double alwaysValid) {
        Boolean early = below(alwaysValid, sequentialAlpha());
        if (Boolean.TRUE.equals(early) || !hasFinalAnalysis()) {
            return early;
        }
        return below(p, finalAlpha());
    }

    private static @Nullable Boolean below(@Nullable Double p, double alpha) {
        return p == null ? null : p <= alpha;
    }
}
