package dev.microlift.server.simulator;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets time pass. */
@FunctionalInterface
interface Pause {

    void of(Duration duration) throws InterruptedException;

    /** Time as it passes for everybody. */
    static Pause real() {
        return duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }
}
