package dev.microlift.assignment.growthbook;

import java.util.Map;
import java.util.OptionalInt;

/**
 * What is stored for a unit and an experiment.
 *
 * @param variation the variation it once got, if that still exists
 * @param blocked whether it once got one under a bucket version that is no longer let in
 */
record StickyBucket(OptionalInt variation, boolean blocked) {

    static final StickyBucket NONE = new StickyBucket(OptionalInt.empty(), false);

    private static final String SEPARATOR = "__";

    static StickyBucket of(Experiment experiment, Map<String, String> assignments) {
        if (isBlocked(experiment, assignments)) {
            return new StickyBucket(OptionalInt.empty(), true);
        }
        String key = assignments.get(keyOf(experiment));
        for (int i = 0; key != null && !key.isEmpty() && i < experiment.meta().size(); i++) {
            if (experiment.meta().get(i).key().equals(key)) {
                return new StickyBucket(OptionalInt.of(i), false);
            }
        }
        return NONE;
    }

    /** The key under which the experiment's assignment is stored. */
    static String keyOf(Experiment experiment) {
        return experiment.key() + SEPARATOR + experiment.stickiness().bucketVersion();
    }

    /** Goes through what is stored rather than all lower versions, of which a payload may claim two thousand millions. */
    private static boolean isBlocked(Experiment experiment, Map<String, String> assignments) {
        String prefix = experiment.key() + SEPARATOR;
        return assignments.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .anyMatch(version -> isNumber(version)
                        && Long.parseLong(version) < experiment.stickiness().minBucketVersion());
    }

    private static boolean isNumber(String version) {
        return !version.isEmpty()
                && version.length() < 11
                && (version.length() == 1 || version.charAt(0) != '0')
                && version.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
