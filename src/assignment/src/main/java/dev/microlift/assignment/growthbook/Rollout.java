package dev.microlift.assignment.growthbook;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The part of all units that gets a forced value.
 *
 * @param range the buckets that get it; if there is none, all up to the coverage
 * @param coverage share of the buckets; its end is included, as published, but a coverage of 0 is nobody
 */
record Rollout(
        Unit.Source source, boolean disableFallback, HashSpace space, Optional<Range> range, OptionalDouble coverage) {

    boolean includes(EvaluationRequest request) {
        if (range.isEmpty() && coverage.orElse(0) == 0) {
            return false;
        }
        Unit unit = source.in(request.attributes(), request.usesStickyBuckets() && !disableFallback);
        if (unit.isMissing()) {
            return false;
        }
        OptionalDouble bucket = space.bucketOf(unit.text());
        if (bucket.isEmpty()) {
            return false;
        }
        return range.isPresent()
                ? range.get().contains(bucket.getAsDouble())
                : bucket.getAsDouble() <= coverage.orElse(0);
    }
}
