package dev.microlift.server.experiment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How the experiment will be analysed, said before it starts.
 *
 * @param window how long after its first exposure a unit's events count; null until the experiment's end
 * @param alpha two-sided error level
 * @param plannedUnits matured units over all variants at which the test ends; null if there is no planned end
 * @param segments attributes, frozen at exposure, to break the report down by
 * @param preExposure how far before exposure a unit's own past is looked at; null not at all
 * @param covariate numeric attribute, frozen at exposure, that explains figures in place of the unit's own past; null for
 *     none
 * @param cap quantile of the units' values, over all arms, that larger values are set to; null to cap nothing
 * @param decision which comparison decides at the planned end
 */
public record Plan(
        @Nullable Duration window,
        double alpha,
        Method method,
        @Nullable Long plannedUnits,
        List<String> segments,
        @Nullable Duration preExposure,
        @Nullable String covariate,
        @Nullable Double cap,
        Decision decision) {

    /** Which comparison decides at the planned end. Figures that hold at every look are always unadjusted. */
    public enum Decision {
        /** Of the figures as they are. */
        UNADJUSTED,
        /** Of the figures less what was known of the units before. */
        ADJUSTED
    }

    /** A plan without covariate and cap. */
    public Plan(
            @Nullable Duration window,
            double alpha,
            Method method,
            @Nullable Long plannedUnits,
            List<String> segments,
            @Nullable Duration preExposure) {
        this(window, alpha, method, plannedUnits, segments, preExposure, null, null, Decision.UNADJUSTED);
    }

    public Plan {
        segments = List.copyOf(segments);
    }

    /** The window, if there is one. */
    public Optional<Duration> unitWindow() {
        return Optional.ofNullable(window);
    }

    /** The planned end, if there is one. */
    public OptionalLong plannedEnd() {
        return plannedUnits == null ? OptionalLong.empty() : OptionalLong.of(plannedUnits);
    }

    /** Whether there are figures that hold at every look: all along, or until the planned end. */
    public boolean isReadOften() {
        return method != Method.FIXED || plannedUnits != null;
    }

    /** How far back the unit's own past reaches, if it is looked at. */
    public Optional<Duration> past() {
        return Optional.ofNullable(preExposure);
    }

    /** The attribute that explains figures, if there is one. */
    public Optional<String> covariateAttribute() {
        return Optional.ofNullable(covariate);
    }

    /** The quantile that values are capped at, if they are. */
    public Optional<Double> valueCap() {
        return Optional.ofNullable(cap);
    }
}
