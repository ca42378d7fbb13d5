package dev.microlift.server.report.path;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.Reach;
import dev.microlift.server.analysis.Segment;
import dev.microlift.server.analysis.StepOrder;
import dev.microlift.server.journey.Step;
import dev.microlift.server.report.study.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The goals that a segment would gain if it passed an edge like the best comparable segment: entrants times the gap
 * times the rate of goals after the edge. The gap is to the best one's lower confidence limit, so that no noise is
 * priced. An upper bound on what a change of this edge alone can bring, and no forecast: segments differ in more than the
 * edge.
 *
 * @param edge the step to be reached
 * @param attribute of the segments; those of one attribute are compared with each other
 * @param rate share of the segment's entrants that pass
 * @param best the comparable segment with the highest lower limit
 * @param bestLowerLimit of its rate, at 95 percent (Wilson)
 * @param goalsPerPasser share of the segment's units that reach the goal once they pass
 * @param goals with an interval at 95 percent
 * @param value the goals' worth at the segment's mean value of a goal; null if the goal has no value
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Recoverable(
        String edge,
        String attribute,
        String segment,
        long entrants,
        double rate,
        String best,
        double bestLowerLimit,
        double goalsPerPasser,
        Estimate goals,
        @Nullable Double value) {

    /** Segments with fewer entrants are neither compared nor priced. */
    static final long MINIMUM_ENTRANTS = 100;

    private static final double Z = 1.959963984540054;

    /** One segment at one edge. */
    private record Passage(String segment, long entrants, long passers, long goals, double goalValue) {

        double rate() {
            return (double) passers / entrants;
        }

        /** Wilson's lower limit. */
        double lowerLimit() {
            double n = entrants;
            double z2 = Z * Z;
            double centre = rate() + z2 / (2 * n);
            double half = Z * Math.sqrt(rate() * (1 - rate()) / n + z2 / (4 * n * n));
            return (centre - half) / (1 + z2 / n);
        }
    }

    /**
     * All that can be gained, the largest first.
     *
     * @param arm position of the arm that is looked at: the control, or everybody
     */
    public static List<Recoverable> of(List<Step> steps, StepOrder order, List<Segment> segments, int arm) {
        Map<String, List<Segment>> byAttribute = new LinkedHashMap<>();
        segments.forEach(segment -> byAttribute
                .computeIfAbsent(segment.attribute(), attribute -> new ArrayList<>())
                .add(segment));
        List<Recoverable> all = new ArrayList<>();
        int required = new Reach(steps).required();
        List<Step> requiredSteps =
                steps.stream().filter(step -> !step.optional()).toList();
        for (Map.Entry<String, List<Segment>> entry : byAttribute.entrySet()) {
            for (int rank = 0; rank < required; rank++) {
                int edge = rank;
                List<Passage> passages = entry.getValue().stream()
                        .map(segment -> passage(steps, order, segment, arm, edge))
                        .filter(passage -> passage.entrants() >= MINIMUM_ENTRANTS)
                        .toList();
                all.addAll(priced(requiredSteps.get(rank).key(), entry.getKey(), passages));
            }
        }
        all.sort(Comparator.comparingDouble((Recoverable gain) -> -estimate(gain))
                .thenComparing(Recoverable::edge)
                .thenComparing(Recoverable::attribute)
                .thenComparing(Recoverable::segment));
        return all;
    }

    private static double estimate(Recoverable gain) {
        Double goals = gain.goals().estimate();
        return goals == null ? 0 : goals;
    }

    private static Passage passage(List<Step> steps, StepOrder order, Segment segment, int arm, int rank) {
        Arm part = segment.arms().get(arm);
        List<Long> reached = new Reach(steps).reach(part, order);
        long entrants = rank == 0 ? part.n() : reached.get(rank - 1);
        int goal = steps.size() - 1;
        double value = steps.get(goal).valueProperty().isPresent()
                ? part.steps().get(goal).valueSum()
                : Double.NaN;
        return new Passage(segment.value(), entrants, reached.get(rank), reached.get(reached.size() - 1), value);
    }

    private static List<Recoverable> priced(String edge, String attribute, List<Passage> passages) {
        List<Recoverable> priced = new ArrayList<>();
        Passage best = passages.stream()
                .max(Comparator.comparingDouble(Passage::lowerLimit))
                .orElse(null);
        for (Passage passage : passages) {
            if (best != null
                    && !passage.segment().equals(best.segment())
                    && passage.passers() > 0
                    && passage.rate() < best.lowerLimit()) {
                priced.add(priced(edge, attribute, passage, best));
            }
        }
        return priced;
    }

    private static Recoverable priced(String edge, String attribute, Passage passage, Passage best) {
        double gap = best.lowerLimit() - passage.rate();
        double goalRate = (double) passage.goals() / passage.passers();
        double goals = passage.entrants() * gap * goalRate;
        double se = passage.entrants()
                * Math.sqrt(goalRate * goalRate * passage.rate() * (1 - passage.rate()) / passage.entrants()
                        + gap * gap * goalRate * (1 - goalRate) / passage.passers());
        boolean valued = passage.goals() > 0 && Double.isFinite(passage.goalValue());
        return new Recoverable(
                edge,
                attribute,
                passage.segment(),
                passage.entrants(),
                passage.rate(),
                best.segment(),
                best.lowerLimit(),
                goalRate,
                Estimate.of(goals, Math.max(0, goals - Z * se), goals + Z * se, null),
                valued ? goals * passage.goalValue() / passage.goals() : null);
    }
}
