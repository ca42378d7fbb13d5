package dev.microlift.server.report.traffic;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Population;
import dev.microlift.server.analysis.StepOrder;
import dev.microlift.server.report.JourneyBlock;
import dev.microlift.server.report.metric.MetricBlock;
import dev.microlift.server.report.path.AssociationBlock;
import dev.microlift.server.report.path.DropOffBlock;
import dev.microlift.server.report.path.FunnelBlock;
import dev.microlift.server.report.path.Leak;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All traffic of a journey in a period. A unit's time begins with its first step event in the period.
 *
 * @param watermark time of the latest event that is known, but no later than asOf
 * @param association of steps with the goal; an association is not an effect
 * @param leaks beside the same days before
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TrafficReport(
        JourneyBlock journey,
        @Nullable Instant watermark,
        String engine,
        Settings analysis,
        TrafficUnits population,
        List<MetricBlock> metrics,
        FunnelBlock funnel,
        DropOffBlock dropOff,
        List<AssociationBlock> association,
        List<TrafficSegment> segments,
        List<Leak> leaks) {

    /**
     * How it was computed.
     *
     * @param from units whose first step event is in [from, to)
     * @param window how long each unit is followed
     * @param baselineFrom start of the same days before; they end at the same distance
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Settings(
            Instant from,
            Instant to,
            @Nullable Instant asOf,
            Duration window,
            Population population,
            StepOrder stepOrder,
            double level,
            Instant baselineFrom,
            Instant baselineTo,
            List<String> segments) {}

    /**
     * Who was there.
     *
     * @param units with a step event
     * @param matured those whose window has closed
     * @param withoutStep units with other events only
     */
    public record TrafficUnits(long units, long matured, long withoutStep) {}

    /** Units with one value of an attribute. */
    public record TrafficSegment(String attribute, String value, List<MetricBlock> metrics) {}
}
