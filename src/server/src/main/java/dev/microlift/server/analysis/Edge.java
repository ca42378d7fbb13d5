package dev.microlift.server.analysis;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What became of an arm's units between a required step and the next.
 *
 * @param step position of the later step among the journey's steps
 * @param variant the arm
 * @param entrants units that reached the step before, in the order asked for; for the first edge all n
 * @param leavers those of them that did not reach the step
 * @param medianMs median time from first doing the step before (or t0) to first doing this one, over units that did both
 *     in this order, whatever they had done before; null if none did
 * @param next what leavers did after they had first done the step before, the most frequent first; empty unless asked for
 */
public record Edge(
        int step,
        String variant,
        long entrants,
        long leavers,
        @Nullable Long medianMs,
        List<NextEvent> next) {

    /** How many different events are told. */
    public static final int MOST_NEXT = 5;

    public Edge {
        next = List.copyOf(next);
    }

    /** Median time between the two steps, if any unit did both. */
    public OptionalLong median() {
        return medianMs == null ? OptionalLong.empty() : OptionalLong.of(medianMs);
    }

    /**
     * The first event after a step.
     *
     * @param event its name; {@link #NOTHING} if there was none
     */
    public record NextEvent(String event, long units) {

        /** Stands for no event at all. */
        public static final String NOTHING = "(nothing)";
    }
}
