package dev.microlift.server.analysis;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the events say: counts, and sums that do not depend on the order in which events arrived.
 *
 * @param arms everybody, in the order of the scope's arms
 * @param atPlannedEnd the arms as they were when as many units as planned had matured, whatever came since; empty before, and
 *     unless asked for
 * @param segments the same for parts of the units; empty unless asked for
 * @param days when units came, in the order of days
 * @param dayPaths what the units of each day did, in the order of days; only of an experiment with a window, and of units
 *     that were followed for all of it: those of two days can be compared
 * @param edges drop-off between required steps that follow each other, edge by edge and arm by arm
 * @param settledAt from this time on the answer to the same events stays the same; null without exposures
 * @param watermark time of the latest event known; null without events
 * @param position of the log that the answer holds for
 */
public record Answer(
        Units units,
        List<Arm> arms,
        List<Arm> atPlannedEnd,
        List<Segment> segments,
        List<Day> days,
        Quality quality,
        List<DayPaths> dayPaths,
        List<Edge> edges,
        @Nullable Instant settledAt,
        @Nullable Instant watermark,
        long position) {

    public Answer {
        arms = List.copyOf(arms);
        atPlannedEnd = List.copyOf(atPlannedEnd);
        segments = List.copyOf(segments);
        days = List.copyOf(days);
        dayPaths = List.copyOf(dayPaths);
        edges = List.copyOf(edges);
    }

    /** From when on nothing changes any more without new events. */
    public Optional<Instant> settled() {
        return Optional.ofNullable(settledAt);
    }

    /** The latest event that is known. */
    public Optional<Instant> latestEvent() {
        return Optional.ofNullable(watermark);
    }

    /**
     * Up to when events are known that a report may speak of: later ones change nothing in it, and so not this time either.
     *
     * @param end what happens from then on is not its subject; null if it speaks of everything
     */
    public @Nullable Instant watermarkUntil(@Nullable Instant end) {
        return watermark == null || end == null || watermark.isBefore(end) ? watermark : end;
    }
}
