package dev.microlift.assignment.growthbook;

import java.util.List;

/**
 * What the caller has to record after an evaluation.
 *
 * @param exposures every experiment that the unit entered by hash, also on the way: in prerequisites and passthroughs
 * @param changedDocuments sticky buckets to store in place of those under the same key
 */
public record Effects(List<Exposure> exposures, List<StickyDocument> changedDocuments) {

    public Effects {
        exposures = List.copyOf(exposures);
        changedDocuments = List.copyOf(changedDocuments);
    }
}
