package dev.microlift.server.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request's messages.
 *
 * @param accepted how many are stored now
 * @param duplicates how many were stored before, by their id
 * @param dryRun true if nothing was stored because nothing should be; absent otherwise
 */
public record Outcome(
        boolean success,
        int accepted,
        int duplicates,
        List<Rejection> rejected,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean dryRun) {

    public Outcome {
        rejected = List.copyOf(rejected);
    }

    static Outcome of(Tally tally, List<Refusal> refused, boolean isDryRun) {
        return new Outcome(
                true,
                tally.accepted(),
                tally.duplicates(),
                refused.stream().map(Refusal::told).toList(),
                isDryRun ? true : null);
    }

    /**
     * A message that was not taken.
     *
     * @param index its place in the batch, from 0
     * @param messageId as it was sent; null if it has none that could be one
     * @param code stable kebab-case kind of mistake
     */
    public record Rejection(int index, @Nullable String messageId, String code, String detail) {}
}
