package dev.microlift.server.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.report.metric.GuardrailBlock;
import dev.microlift.server.report.metric.MetricBlock;
import dev.microlift.server.report.metric.SegmentBlock;
import dev.microlift.server.report.path.AssociationBlock;
import dev.microlift.server.report.path.BoundsBlock;
import dev.microlift.server.report.path.DecompositionBlock;
import dev.microlift.server.report.path.DropOffBlock;
import dev.microlift.server.report.path.FunnelBlock;
import dev.microlift.server.report.path.Leak;
import dev.microlift.server.report.path.SensitivityBlock;
import dev.microlift.server.report.path.TimeToStepBlock;
import dev.microlift.server.report.path.YieldBlock;
import dev.microlift.server.report.trust.Trust;
import dev.microlift.server.report.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The report of an experiment: the part that is the same whenever it is read over the same events.
 *
 * @param asOf the time it speaks of: with the same events it says the same at any later time
 * @param watermark time of the latest event that is known, but no later than asOf, nor than the end of the experiment
 * @param engine what computed it
 * @param analysis how it was computed
 * @param association of steps with the goal, in the control; an association is not an effect
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ExperimentReport(
        About experiment,
        Instant asOf,
        @Nullable Instant watermark,
        String engine,
        Settings analysis,
        PopulationBlock population,
        Trust trust,
        JourneyBlock journey,
        List<MetricBlock> metrics,
        FunnelBlock funnel,
        DropOffBlock dropOff,
        List<DecompositionBlock> decomposition,
        List<BoundsBlock> bounds,
        List<YieldBlock> yield,
        List<AssociationBlock> association,
        List<TimeToStepBlock> timeToStep,
        List<SensitivityBlock> sensitivity,
        List<GuardrailBlock> guardrails,
        List<SegmentBlock> segments,
        List<Leak> leaks,
        Verdict verdict) {}
