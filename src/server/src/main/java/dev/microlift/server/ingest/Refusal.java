package dev.microlift.server.ingest;

import org.jspecify.annotations.Nullable;

/**
 * A message of a request that was not taken.
 *
 * @param index its place in the request, from 0
 * @param messageId as it was sent; null if it has none that could be one
 * @param pointer JSON Pointer into the message, in the form of the tracking specification
 */
record Refusal(int index, @Nullable String messageId, String pointer, String code, String detail) {

    /** As it is answered. */
    Outcome.Rejection told() {
        return new Outcome.Rejection(index, messageId, code, detail);
    }
}
