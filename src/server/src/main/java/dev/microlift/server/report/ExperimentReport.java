package dev.microlift.server.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Population;
import dev.microlift.server.analysis.StepOrder;
import dev.microlift.server.experiment.Method;
import dev.microlift.server.experiment.Status;
import dev.microlift.server.journey.StepRole;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The report of an experiment: the part that is the same whenever it is read over the same events.
 *
 * @param asOf the time it speaks of: with the same events it says the same at any later time
 * @param watermark time of the latest event that is known
 * @param engine what computed it
 * @param analysis how it was computed
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ExperimentReport(
        About experiment,
        Instant asOf,
        @Nullable Instant watermark,
        String engine,
        Settings analysis,
        Units population,
        Trust trust,
        Path journey,
        List<Metric> metrics,
        Funnel funnel) {

    /** Which experiment. */
    public record About(
            String key,
            String name,
            Status status,
            long version,
            @Nullable Instant startedAt,
            @Nullable Instant stoppedAt,
            String unitType,
            String planHash,
            boolean exploratory) {}

    /**
     * How figures were computed.
     *
     * @param level of intervals that are not always valid; they are not adjusted for multiplicity
     * @param provisional true if units are included whose window is still open
     */
    public record Settings(
            Method method,
            double alpha,
            double level,
            @Nullable Duration window,
            Population population,
            StepOrder stepOrder,
            boolean provisional,
            @Nullable Long plannedUnits,
            boolean plannedEndReached) {}

    /**
     * Who was exposed.
     *
     * @param exposed every exposed unit; those of the variants, the crossovers and the overridden add up to it
     * @param bots units that only robots' exposures speak of; not among the exposed
     * @param strayExposures exposures to variants that the experiment does not have
     */
    public record Units(
            long exposed,
            long matured,
            long crossovers,
            long overridden,
            long bots,
            long strayExposures,
            List<VariantUnits> perVariant) {}

    /**
     * Units of one variant.
     *
     * @param weight the share that is expected of it
     */
    public record VariantUnits(String variant, double weight, long exposed, long matured) {}

    /** The journey the figures are about. */
    public record Path(String key, String name, int version, List<PathStep> steps) {}

    /** A step of it. */
    public record PathStep(String key, String name, StepRole role, boolean optional) {}

    /** One step or the goal. */
    public record Metric(
            String step, StepRole role, String denominator, List<VariantRate> variants, List<Comparison> comparisons) {}

    /**
     * What one variant's units did.
     *
     * @param n units the rate is of
     * @param converted units that reached the step: did it or, unless it is optional, any later one
     * @param performed units that did the step itself
     * @param value what the step's value adds up to; null if it has none
     */
    public record VariantRate(
            String variant,
            long n,
            long converted,
            @Nullable Double rate,
            long performed,
            @Nullable Value value) {}

    /** A value summed per unit. */
    public record Value(double sum, @Nullable Double mean) {}

    /**
     * How far units came.
     *
     * @param denominator what the first count of each variant is
     */
    public record Funnel(StepOrder stepOrder, String denominator, List<String> steps, List<VariantFunnel> variants) {}

    /**
     * One variant's funnel; descriptive.
     *
     * @param reach units exposed, then units that reached each step
     * @param fromPrevious share of the units of the step before that reached each step; null after an empty step
     * @param furthest units by the furthest step they reached, from none to the goal; they add up to the first of reach
     */
    public record VariantFunnel(
            String variant, List<Long> reach, List<@Nullable Double> fromPrevious, List<Long> furthest) {}
}
