package dev.microlift.server.alert.webhook;

import java.time.Duration;
import java.util.Optional;

/**
 * When a message that was not taken is sent again: after 10 s, then after three times as long each time, 10 times in all,
 * which is over a day.
 */
final class Retries {

    /** How often a message is sent at most. */
    static final int ATTEMPTS = 10;

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final int FACTOR = 3;

    private Retries() {}

    /**
     * How long to wait until the next attempt; empty if there is none.
     *
     * @param attempt how many there were, from 1
     */
    static Optional<Duration> next(int attempt, Outcome last) {
        return last.isDelivered() || last.isGone() || attempt >= ATTEMPTS
                ? Optional.empty()
                : Optional.of(FIRST.multipliedBy((long) Math.pow(FACTOR, attempt - 1)));
    }
}
