package dev.microlift.server.alert.webhook;

import org.jspecify.annotations.Nullable;

/**
 * What became of an attempt.
 *
 * @param status what the receiver answered; null if it did not
 * @param error why it failed; null if it was delivered
 */
record Outcome(@Nullable Integer status, @Nullable String error) {

    private static final int GONE = 410;

    /** A receiver answered. Only 2xx means that it has the message: a redirect is not followed. */
    static Outcome answered(int status) {
        return new Outcome(status, status / 100 == 2 ? null : "the receiver answered " + status);
    }

    static Outcome failed(String error) {
        return new Outcome(null, error);
    }

    boolean isDelivered() {
        return error == null;
    }

    /** The receiver wants nothing any more, and says so. */
    boolean isGone() {
        return status != null && status == GONE;
    }
}
