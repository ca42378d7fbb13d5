package dev.microlift.assignment.growthbook;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and what is set by hand for this request.
 *
 * @param attributes JSON-like values: text, boolean, number, list, map or null
 * @param url the page's address, for URL targeting and variations forced in its query; may be empty
 * @param forcedVariations position of the variation for keys of experiments
 * @param forcedFeatures value for keys of features
 * @param qaMode whether only forced variations are served
 * @param enabled whether experiments run at all
 * @param stickyBuckets stored buckets; without them nothing is sticky and no fallback attribute is used
 */
public record EvaluationRequest(
        Map<String, @Nullable Object> attributes,
        String url,
        Map<String, Integer> forcedVariations,
        Map<String, @Nullable Object> forcedFeatures,
        boolean qaMode,
        boolean enabled,
        Optional<StickyBuckets> stickyBuckets) {

    public EvaluationRequest {
        attributes = Collections.unmodifiableMap(new HashMap<>(attributes));
        forcedVariations = Map.copyOf(forcedVariations);
        forcedFeatures = Collections.unmodifiableMap(new HashMap<>(forcedFeatures));
    }

    /** A request with attributes only. */
    public static EvaluationRequest of(Map<String, @Nullable Object> attributes) {
        return new EvaluationRequest(attributes, "", Map.of(), Map.of(), false, true, Optional.empty());
    }

    /**
     * A request as it is sent for remote evaluation: {@code attributes}, {@code url}, {@code forcedVariations},
     * {@code forcedFeatures} (an object, or a list of pairs), {@code qaMode}, {@code enabled}. What is of another type is
     * ignored.
     */
    public static EvaluationRequest from(Map<String, ? extends @Nullable Object> body) {
        return new EvaluationRequest(
                members(body.get("attributes")),
                body.get("url") instanceof String url ? url : "",
                positions(body.get("forcedVariations")),
                body.get("forcedFeatures") instanceof List<?> pairs
                        ? fromPairs(pairs)
                        : members(body.get("forcedFeatures")),
                Boolean.TRUE.equals(body.get("qaMode")),
                !Boolean.FALSE.equals(body.get("enabled")),
                Optional.empty());
    }

    /** The same request with stored buckets. */
    public EvaluationRequest with(StickyBuckets buckets) {
        return new EvaluationRequest(
                attributes, url, forcedVariations, forcedFeatures, qaMode, enabled, Optional.of(buckets));
    }

    boolean usesStickyBuckets() {
        return stickyBuckets.isPresent();
    }

    private static Map<String, @Nullable Object> members(@Nullable Object json) {
        Map<String, @Nullable Object> members = new HashMap<>();
        if (json instanceof Map<?, ?> map) {
            map.forEach((name, value) -> members.put(String.valueOf(name), value));
        }
        return members;
    }

    private static Map<String, @Nullable Object> fromPairs(List<?> pairs) {
        Map<String, @Nullable Object> members = new HashMap<>();
        for (Object pair : pairs) {
            if (pair instanceof List<?> list && list.size() == 2) {
                members.put(String.valueOf(list.get(0)), list.get(1));
            }
        }
        return members;
    }

    /** A number that is no position is outside every experiment: the baseline, as published. */
    private static Map<String, Integer> positions(@Nullable Object json) {
        Map<String, Integer> positions = new HashMap<>();
        members(json).forEach((key, value) -> {
            if (value instanceof Number number) {
                double position = number.doubleValue();
                positions.put(key, position == (int) position ? (int) position : -1);
            }
        });
        return positions;
    }
}
