package dev.microlift.server.ingest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request's messages.
 *
 * @param accepted how many are stored now
 * @param duplicates how many were stored before, by their id
 */
public record Outcome(boolean success, int accepted, int duplicates, List<Rejection> rejected) {

    public Outcome {
        rejected = List.copyOf(rejected);
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
