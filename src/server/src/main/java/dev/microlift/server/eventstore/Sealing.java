package dev.microlift.server.eventstore;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Seals finished days from time to time, beside the loader. A day that cannot be sealed stays where it is. */
final class Sealing implements Runnable {

    private static final Logger LOG = Logger.getLogger(Sealing.class);

    private final Sealer sealer;
    private final FreeSpace space;
    private final Clock clock;
    private final Duration every;
    private final CountDownLatch stopping = new CountDownLatch(1);

    Sealing(Sealer sealer, FreeSpace space, Clock clock, Duration every) {
        this.sealer = sealer;
        this.space = space;
        this.clock = clock;
        this.every = every;
    }

    /** Ends {@link #run} after what is being sealed. */
    void stop() {
        stopping.countDown();
    }

    @Override
    public void run() {
        try {
            do {
                seal();
            } while (!stopping.await(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void seal() {
        try {
            if (space.isEnough()) {
                sealer.seal(clock.instant());
            }
        } catch (SQLException | IOException | RuntimeException failure) {
            LOG.error("a finished day could not be sealed; it is tried again", failure);
        }
    }
}
