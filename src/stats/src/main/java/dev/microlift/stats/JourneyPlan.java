package dev.microlift.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which steps of a journey can a test see, and how soon? {@link Planning} for every step and the goal.
 *
 * <p>Every row answers for the same relative lift, because a lift of one step's rate, the others unchanged, passes
 * unchanged to every later step and the goal. The goal is compared once for each treatment (Holm's worst case), a micro
 * step once for each step and treatment (worst case of Benjamini and Hochberg). {@code ranking} orders the steps by the
 * units they need, fewest first; a step whose size is refused comes last. The smallest detectable lift of a row is that
 * of the given duration, or of the row's own size without one.
 */
public final class JourneyPlan {

    private JourneyPlan() {}

    /**
     * One step.
     *
     * @param size units and days to detect the lift
     * @param detectable smallest detectable lift of the duration
     */
    public record Row(Planning.Size size, Planning.Detectable detectable) {}

    /**
     * The plan.
     *
     * @param rows the steps in the journey's order, the goal last
     * @param ranking positions of {@code rows}, the most sensitive step first
     */
    public record Result(List<Row> rows, List<Integer> ranking) {

        /** Copies the lists. */
        public Result {
            rows = List.copyOf(rows);
            ranking = List.copyOf(ranking);
        }
    }

    /**
     * How the test will run.
     *
     * @param dailyUnits units exposed a day over all arms
     * @param maturityDays days a unit takes to mature
     * @param durationDays days the test may last, null for as long as each step needs
     */
    public record Traffic(
            double dailyUnits, long maturityDays, @Nullable Long durationDays) {}

    /**
     * Plans the journey.
     *
     * @param steps unconditional rates of the steps among exposed units, the goal last
     * @param lift the relative lift to detect
     * @param alpha two-sided error level
     * @param power probability to detect it
     * @param inflation factor on the units for monitoring
     * @param allocation weights of the arms, control first
     */
    public static Result of(
            List<Planning.Metric> steps,
            double lift,
            double alpha,
            double power,
            double inflation,
            double[] allocation,
            Traffic traffic) {
        int treatments = Math.max(1, allocation.length - 1);
        int microSteps = steps.size() - 1;
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            int comparisons = i == microSteps ? treatments : treatments * microSteps;
            Planning.Demand demand = new Planning.Demand(alpha, power, comparisons, inflation);
            rows.add(row(steps.get(i), lift, demand, allocation, traffic));
        }
        List<Integer> ranking = IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingLong(i -> units(rows.get(i))))
                .toList();
        return new Result(rows, ranking);
    }

    private static long units(Row row) {
        Long nTotal = row.size.nTotal();
        return nTotal == null ? Long.MAX_VALUE : nTotal;
    }

    private static Row row(
            Planning.Metric metric, double lift, Planning.Demand demand, double[] allocation, Traffic traffic) {
        Planning.Size size = Planning.size(metric, lift, demand, allocation, traffic.dailyUnits, traffic.maturityDays);
        Reason reason = size.reason();
        Long nTotal = size.nTotal();
        Double units = traffic.durationDays == null
                ? (nTotal == null ? null : nTotal.doubleValue())
                : Double.valueOf(traffic.dailyUnits * Math.max(0, traffic.durationDays - traffic.maturityDays));
        if (units == null || (reason != null && reason != Reason.MDE_OUT_OF_RANGE)) {
            return new Row(size, new Planning.Detectable(null, null, reason));
        }
        double effective = units / demand.inflation();
        return new Row(
                size,
                Planning.detectable(metric, arm(effective, allocation, 0), smallestArm(effective, allocation), demand));
    }

    private static long smallestArm(double units, double[] allocation) {
        return IntStream.range(1, allocation.length)
                .mapToLong(i -> arm(units, allocation, i))
                .min()
                .orElse(0);
    }

    private static long arm(double units, double[] allocation, int arm) {
        double sum = 0;
        for (double weight : allocation) {
            sum += weight;
        }
        return (long) (units * (allocation[arm] / sum));
    }
}
