package dev.microlift.assignment.growthbook;

import dev.microlift.assignment.Condition;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A compiled experiment.
 *
 * @param ranges the buckets of each variation
 * @param urls the pages it runs on, if not on all
 * @param definition the published fields it was made of, for whoever records the exposure
 */
record Experiment(
        String key,
        List<@Nullable Object> variations,
        List<Meta> meta,
        Unit.Source source,
        HashSpace space,
        List<Range> ranges,
        Optional<UrlTargeting> urls,
        Audience audience,
        Stickiness stickiness,
        State state,
        Map<String, @Nullable Object> definition) {

    Experiment {
        variations = Collections.unmodifiableList(variations);
        meta = List.copyOf(meta);
        ranges = List.copyOf(ranges);
        definition = Collections.unmodifiableMap(definition);
    }

    /** What a variation is called. */
    Meta metaOf(int variation) {
        return variation < meta.size() ? meta.get(variation) : Meta.NONE;
    }

    /** The name under which a variation is recorded: its key, or else its position. */
    String keyOf(int variation) {
        String named = metaOf(variation).key();
        return named.isEmpty() ? Integer.toString(variation) : named;
    }

    boolean has(int variation) {
        return variation >= 0 && variation < variations.size();
    }

    /**
     * A variation's names; a missing one is empty.
     *
     * @param passthrough whether its units are counted but get the value of a later rule, as a holdout's are
     */
    record Meta(String key, String name, boolean passthrough) {
        static final Meta NONE = new Meta("", "", false);
    }

    /** Who may enter; a unit with a sticky bucket already has. */
    record Audience(List<BucketFilter> filters, Condition condition, List<Prerequisite> prerequisites) {
        Audience {
            filters = List.copyOf(filters);
            prerequisites = List.copyOf(prerequisites);
        }
    }

    /**
     * How the experiment uses sticky buckets.
     *
     * @param bucketVersion buckets stored under another version do not count
     * @param minBucketVersion units with a bucket of a lower version are kept out
     */
    record Stickiness(boolean disabled, int bucketVersion, int minBucketVersion) {}

    /**
     * Where the experiment is in its life.
     *
     * @param inactive not started: only a variation forced from outside is served
     * @param stopped over: as inactive, but after the experiment's own forced variation
     * @param forced the variation that everybody in the experiment gets
     */
    record State(boolean inactive, boolean stopped, OptionalInt forced) {}
}
