package dev.microlift.assignment.growthbook;

import java.util.List;
import java.util.OptionalDouble;

/** A bucket space that several experiments share: a unit passes if its bucket lies in one of the ranges. */
record BucketFilter(Unit.Source source, HashSpace space, List<Range> ranges) {

    BucketFilter {
        ranges = List.copyOf(ranges);
    }

    boolean lets(EvaluationRequest request, boolean withFallback) {
        Unit unit = source.in(request.attributes(), withFallback);
        if (unit.isMissing()) {
            return false;
        }
        OptionalDouble bucket = space.bucketOf(unit.text());
        return bucket.isPresent() && Range.anyContains(ranges, bucket.getAsDouble());
    }

    static boolean allLet(List<BucketFilter> filters, EvaluationRequest request, boolean withFallback) {
        return filters.stream().allMatch(filter -> filter.lets(request, withFallback));
    }
}
