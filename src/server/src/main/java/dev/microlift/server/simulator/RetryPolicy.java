package dev.microlift.server.simulator;

import java.time.Duration;
import java.util.Optional;

/**
 * How often a request is repeated, and after which pause.
 *
 * @param attempts how often it is sent at most
 * @param first the pause after the first failure; it doubles with every further one
 * @param longest no pause is longer, whatever the server asks for
 */
record RetryPolicy(int attempts, Duration first, Duration longest) {

    /** For a server that answered before: outlasts a restart. */
    static final RetryPolicy PATIENT = new RetryPolicy(10, Duration.ofMillis(200), Duration.ofSeconds(30));

    /** For the first contact: whoever mistyped the address wants to know now. */
    static final RetryPolicy BRISK = new RetryPolicy(3, Duration.ofMillis(200), Duration.ofSeconds(30));

    private static final int MOST_DOUBLINGS = 20;

    /**
     * The pause before the next attempt.
     *
     * @param failures attempts that failed so far, 1 or more
     * @param asked what the server asked for; it is never undercut, so the jitter comes on top
     * @param jitter uniform in [0, 1), so that clients who failed together do not return together
     */
    Duration pause(int failures, Optional<Duration> asked, double jitter) {
        if (asked.isPresent()) {
            return shorter(asked.get().plus(scaled(first, jitter)), longest);
        }
        Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return scaled(shorter(doubled, longest), (1 + jitter) / 2);
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofNanos((long) (duration.toNanos() * factor));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
