package dev.microlift.openfeature;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before trying again: random between nothing and a ceiling that doubles ("full jitter"), so that many
 * clients do not come back at once.
 */
final class Backoff {

    private final Duration first;
    private final Duration most;
    private final DoubleSupplier random;
    private int failures;

    Backoff(Duration first, Duration most, DoubleSupplier random) {
        this.first = first;
        this.most = most;
        this.random = random;
    }

    void succeeded() {
        failures = 0;
    }

    /** The wait after one more failure; never shorter than what the server wishes. */
    Duration failed(Duration wish) {
        int doublings = Math.min(failures++, 30);
        double ceiling = Math.min((double) first.toNanos() * (1L << doublings), (double) most.toNanos());
        return wish.plusNanos((long) (ceiling * random.getAsDouble()));
    }
}
