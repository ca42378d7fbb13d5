package dev.microlift.server.report.path;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Edge;
import dev.microlift.server.journey.Step;
import dev.microlift.server.report.study.Shares;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where units leave, and what that is worth.
 *
 * @param edges in the order of the journey, each for every variant; who entered and who left is told by the report's order
 *     of steps, times by when a step was first done, in whatever order
 * @param recoverable what segments would gain that passed an edge like the best of them, the largest first
 */
public record DropOffBlock(List<EdgeLoss> edges, List<Recoverable> recoverable) {

    private static final double MILLIS_PER_SECOND = 1000;

    /**
     * One edge of one variant.
     *
     * @param from the step before; null for the first edge, whose entrants are all units
     * @param to the step that leavers did not reach
     * @param lossShare leavers among the entrants
     * @param medianSeconds from first doing one step to first doing the other, over units that did both so
     * @param next what leavers did next after first doing the step before, the most frequent first
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record EdgeLoss(
            String variant,
            @Nullable String from,
            String to,
            long entrants,
            long leavers,
            @Nullable Double lossShare,
            @Nullable Double medianSeconds,
            List<Edge.NextEvent> next) {}

    /** The block. */
    public static DropOffBlock of(List<Step> steps, List<Edge> edges, List<Recoverable> recoverable) {
        List<EdgeLoss> losses = new ArrayList<>();
        for (Edge edge : edges) {
            losses.add(new EdgeLoss(
                    edge.variant(),
                    from(steps, edge.step()),
                    steps.get(edge.step()).key(),
                    edge.entrants(),
                    edge.leavers(),
                    Shares.of(edge.leavers(), edge.entrants()),
                    edge.medianMs() == null ? null : edge.medianMs() / MILLIS_PER_SECOND,
                    edge.next()));
        }
        return new DropOffBlock(losses, recoverable);
    }

    private static @Nullable String from(List<Step> steps, int to) {
        for (int step = to - 1; step >= 0; step--) {
            if (!steps.get(step).optional()) {
                return steps.get(step).key();
            }
        }
        return null;
    }
}
