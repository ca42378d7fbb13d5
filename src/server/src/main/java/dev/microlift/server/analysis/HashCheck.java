package dev.microlift.server.analysis;

import dev.microlift.assignment.BucketRange;
import dev.microlift.assignment.Bucketing;
import java.util.List;

/** Asks the hash for the variant of a unit. */
final class HashCheck {

    private final int seedState;
    private final List<BucketRange> ranges;

    HashCheck(Scope.Assignment assignment) {
        seedState = Bucketing.seedState(assignment.seed());
        ranges = assignment.layout().ranges();
    }

    /** Whether it is this one. */
    boolean gives(String unit, int variant) {
        return ranges.get(variant).contains(Bucketing.bucketFrom(seedState, unit));
    }
}
