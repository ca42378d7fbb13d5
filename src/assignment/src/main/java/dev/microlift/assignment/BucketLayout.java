package dev.microlift.assignment;

import java.util.ArrayList;
import java.util.List;

/**
 * The buckets of each arm, in the order of the arms; ranges ascend and never overlap.
 *
 * <p>Arm i owns the full-width section {@code [cum_i, cum_i + w_i)}, which depends on the weights only; at traffic c it
 * uses the first {@code c * w_i} of it. So traffic can grow without moving anybody: ranges only get longer at their
 * end, into buckets that no arm used before.
 */
public record BucketLayout(List<BucketRange> ranges) {

    /** Narrowest arm: with fewer buckets the grid's rounding distorts the shares by more than three per cent. */
    public static final int NARROWEST_ARM = 16;

    public BucketLayout {
        ranges = List.copyOf(ranges);
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("a layout needs an arm");
        }
        for (int arm = 0; arm < ranges.size(); arm++) {
            if (ranges.get(arm).width() < NARROWEST_ARM) {
                throw new IllegalArgumentException("arm " + arm + " is narrower than " + NARROWEST_ARM + " buckets");
            }
            if (arm > 0 && ranges.get(arm).fromBucket() < ranges.get(arm - 1).toBucket()) {
                throw new IllegalArgumentException("arm " + arm + " overlaps the arm before it");
            }
        }
    }

    /**
     * Lays arms out on the grid.
     *
     * @param weights one positive finite number per arm; only their proportions matter
     * @param traffic share of units in the experiment, greater than 0 and at most 1
     * @throws IllegalArgumentException if a weight or the traffic is outside its domain
     */
    public static LayoutOutcome of(List<Double> weights, double traffic) {
        requireDomain(weights, traffic);
        int[] starts = fullWidthStarts(weights);
        List<BucketRange> ranges = new ArrayList<>(weights.size());
        List<LayoutOutcome.NarrowArm> narrow = new ArrayList<>();
        for (int arm = 0; arm < weights.size(); arm++) {
            int fullWidth = starts[arm + 1] - starts[arm];
            int width = (int) Math.round(traffic * fullWidth);
            if (width < NARROWEST_ARM) {
                narrow.add(new LayoutOutcome.NarrowArm(arm, width, fullWidth));
            } else {
                ranges.add(new BucketRange(starts[arm], starts[arm] + width));
            }
        }
        return narrow.isEmpty()
                ? new LayoutOutcome.Fits(new BucketLayout(ranges))
                : new LayoutOutcome.TooNarrow(narrow);
    }

    /**
     * The share of each arm among the units in the experiment, which is what a sample-ratio check must expect: the
     * grid's rounding makes it differ slightly from the nominal weights.
     */
    public List<Double> expectedShares() {
        double covered = coveredBuckets();
        return ranges.stream().map(range -> range.width() / covered).toList();
    }

    /** The share of all units that is in the experiment. */
    public double traffic() {
        return coveredBuckets() / (double) Bucketing.BUCKETS;
    }

    private int coveredBuckets() {
        return ranges.stream().mapToInt(BucketRange::width).sum();
    }

    private static void requireDomain(List<Double> weights, double traffic) {
        if (weights.isEmpty()) {
            throw new IllegalArgumentException("a layout needs an arm");
        }
        for (double weight : weights) {
            if (!(weight > 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("not a positive finite weight: " + weight);
            }
        }
        if (!(traffic > 0) || traffic > 1) {
            throw new IllegalArgumentException("traffic is not in (0, 1]: " + traffic);
        }
    }

    /** Starts of the arms at full traffic and the end of the last one; divided by the greatest weight against overflow. */
    private static int[] fullWidthStarts(List<Double> weights) {
        double greatest =
                weights.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        double total = 0;
        for (double weight : weights) {
            total += weight / greatest;
        }
        int[] starts = new int[weights.size() + 1];
        double cumulative = 0;
        for (int arm = 0; arm < weights.size(); arm++) {
            starts[arm] = (int) Math.round(cumulative / total * Bucketing.BUCKETS);
            cumulative += weights.get(arm) / greatest;
        }
        starts[weights.size()] = Bucketing.BUCKETS;
        return starts;
    }
}
