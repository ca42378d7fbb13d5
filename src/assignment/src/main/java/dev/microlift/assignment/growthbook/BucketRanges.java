package dev.microlift.assignment.growthbook;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The published way from weights to ranges; our own experiments are laid out on the grid instead. */
final class BucketRanges {

    private static final double LOWEST_SUM = 0.99;
    private static final double HIGHEST_SUM = 1.01;

    private BucketRanges() {}

    /**
     * One range per variation. Weights that are not one per variation or do not add up to about 1 count as equal.
     *
     * @param coverage cut to between 0 and 1
     */
    static List<Range> of(int variations, double coverage, List<Double> weights) {
        double covered = Math.max(0, Math.min(1, coverage));
        List<Double> used = areUsable(weights, variations) ? weights : equalWeights(variations);
        List<Range> ranges = new ArrayList<>(used.size());
        double start = 0;
        for (double weight : used) {
            ranges.add(new Range(start, start + covered * weight));
            start += weight;
        }
        return ranges;
    }

    static List<Double> equalWeights(int variations) {
        return variations <= 0 ? List.of() : Collections.nCopies(variations, 1.0 / variations);
    }

    private static boolean areUsable(List<Double> weights, int variations) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        return weights.size() == variations && sum >= LOWEST_SUM && sum <= HIGHEST_SUM;
    }
}
