package dev.microlift.server.report;

import dev.microlift.server.analysis.Population;
import dev.microlift.server.analysis.StepOrder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reader may choose about a report.
 *
 * @param asOf what happened from this time on is not known; null for everything
 * @param from units first exposed before are left out; null for none
 * @param to units first exposed from this time on are left out; null for none
 * @param journey key of one of the experiment's journeys; null for the first
 * @param segments attributes to break down by; empty for those of the plan
 */
public record ReportOptions(
        Population population,
        StepOrder stepOrder,
        @Nullable Instant asOf,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String journey,
        List<String> segments) {

    /** As most people want it: matured units, furthest step, everything that is known. */
    public static final ReportOptions USUAL =
            new ReportOptions(Population.MATURED, StepOrder.FURTHEST, null, null, null, null, List.of());

    public ReportOptions {
        segments = List.copyOf(segments);
    }

    /** The same, where a time that is still to come leaves nothing unknown: a report cannot speak of it. */
    public ReportOptions at(Instant now) {
        return asOf == null || asOf.isBefore(now)
                ? this
                : new ReportOptions(population, stepOrder, null, from, to, journey, segments);
    }
}
