package dev.microlift.server.analysis;

import java.util.List;

/**
 * How many units an arm has so far.
 *
 * @param exposed units to be compared
 * @param did how many of them did each step, in the order of the steps
 */
public record LiveCount(String variant, long exposed, List<Long> did) {

    public LiveCount {
        did = List.copyOf(did);
    }
}
