package dev.microlift.assignment.growthbook;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment gives a unit.
 *
 * @param value the variation's value
 * @param variationId the variation's position; 0, the baseline, for units outside
 * @param key the variation's key, or its position if it has none
 * @param name the variation's name; may be empty
 * @param inExperiment whether a variation was assigned, by hash or by force
 * @param hashUsed whether the hash assigned it, so that seeing the value is an exposure
 * @param hashAttribute the attribute that is randomised
 * @param hashValue its value as it was given; the empty text if there is none
 * @param featureId the feature with the experiment; empty for an experiment on its own
 * @param bucket the unit's bucket as a fraction, if it was assigned by hash
 * @param passthrough whether the value of a later rule is served instead
 * @param stickyBucketUsed whether a stored bucket decided
 */
public record ExperimentResult(
        @Nullable Object value,
        int variationId,
        String key,
        String name,
        boolean inExperiment,
        boolean hashUsed,
        String hashAttribute,
        Object hashValue,
        Optional<String> featureId,
        OptionalDouble bucket,
        boolean passthrough,
        boolean stickyBucketUsed) {

    /** Of an experiment whose definition makes no sense. */
    static final ExperimentResult OF_NOTHING = new ExperimentResult(
            null, 0, "0", "", false, false, "id", "", Optional.empty(), OptionalDouble.empty(), false, false);

    /** The result as it is published: what trackers and other SDKs are given. */
    public Map<String, @Nullable Object> published() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("key", key);
        fields.put("featureId", featureId.orElse(null));
        fields.put("inExperiment", inExperiment);
        fields.put("hashUsed", hashUsed);
        fields.put("variationId", variationId);
        fields.put("value", value);
        fields.put("hashAttribute", hashAttribute);
        fields.put("hashValue", hashValue);
        fields.put("stickyBucketUsed", stickyBucketUsed);
        if (!name.isEmpty()) {
            fields.put("name", name);
        }
        if (bucket.isPresent()) {
            fields.put("bucket", bucket.getAsDouble());
        }
        if (passthrough) {
            fields.put("passthrough", true);
        }
        return fields;
    }
}
