package dev.microlift.server.experiment;

import dev.microlift.assignment.BucketLayout;
import dev.microlift.assignment.BucketRange;
import dev.microlift.assignment.Bucketing;
import dev.microlift.assignment.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the start froze.
 *
 * @param seed of the hash; a new one for every phase of assignment
 * @param layout the buckets of each variant; only ever widened, when traffic grows
 * @param journeys the version of each journey
 * @param planHash of the plan and guardrails as they were
 * @param layer the range of a layer that it owns while it is live; null without a layer. Only ever widened
 * @param holdouts those there were, in the order in which they are asked: those about all experiments first
 */
public record Launch(
        String seed,
        BucketLayout layout,
        Map<String, Integer> journeys,
        String planHash,
        @Nullable OwnRange layer,
        List<HeldOut> holdouts) {

    /**
     * A range of a layer.
     *
     * @param seed the layer's
     */
    public record OwnRange(String layer, String seed, BucketRange range) {}

    /**
     * A holdout as it was at the start.
     *
     * @param buckets how many of the 10,000 are kept out: the first ones, at least 1 and at most 9,999
     */
    public record HeldOut(String holdout, String seed, int buckets) {}

    public Launch {
        journeys = Map.copyOf(journeys);
        holdouts = List.copyOf(holdouts);
    }

    /** The range of a layer, if the experiment is in one. */
    public Optional<OwnRange> ownRange() {
        return Optional.ofNullable(layer);
    }

    /** The bucket spaces in which a unit must be, in the order in which they are asked: holdouts, then the layer. */
    public List<Filter> filters() {
        List<Filter> filters = new ArrayList<>();
        for (HeldOut holdout : holdouts) {
            BucketRange others = new BucketRange(holdout.buckets(), Bucketing.BUCKETS);
            filters.add(new Filter(Filter.Kind.HOLDOUT, holdout.seed(), List.of(others)));
        }
        ownRange().ifPresent(own -> filters.add(new Filter(Filter.Kind.LAYER, own.seed(), List.of(own.range()))));
        return List.copyOf(filters);
    }

    /** Every seed in it: nothing else may be placed by the same hash. */
    List<String> seeds() {
        List<String> seeds = new ArrayList<>(List.of(seed));
        holdouts.forEach(holdout -> seeds.add(holdout.seed()));
        ownRange().ifPresent(own -> seeds.add(own.seed()));
        return seeds;
    }

    /** The same start for more units. */
    Launch widened(BucketLayout wider, @Nullable OwnRange widerRange) {
        return new Launch(seed, wider, journeys, planHash, widerRange, holdouts);
    }
}
