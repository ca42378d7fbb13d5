package dev.microlift.benchmarks.trials;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Many connections that send batches of a shop at the same time, and send again what was not acknowledged. A connection
 * that breaks is replaced.
 */
final class Traffic {

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration AFTER_A_REFUSAL = Duration.ofMillis(20);

    private final Api api;
    private final Shop shop;
    private final Ledger ledger;
    private final String path;
    private final int connections;
    private volatile boolean stopped;

    Traffic(Api api, Shop shop, Ledger ledger, String path, int connections) {
        this.api = api;
        this.shop = shop;
        this.ledger = ledger;
        this.path = path;
        this.connections = connections;
    }

    /** Sends as fast as answers come. */
    Tally during(Duration time) throws InterruptedException {
        return run(time, 0);
    }

    /** Sends as fast as answers come until it is stopped, or for an hour. */
    Tally untilStopped() throws InterruptedException {
        return run(LONGEST, 0);
    }

    /** Ends what runs; this traffic is not used again. */
    void stop() {
        stopped = true;
    }

    /** Offers so many messages a second whether or not the server keeps up, as far as there are connections to wait on. */
    Tally offering(double messagesPerSecond, Duration time) throws InterruptedException {
        return run(time, messagesPerSecond / ShopBatch.MESSAGES / connections);
    }

    private Tally run(Duration time, double batchesPerSecond) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            List<Future<Tally>> running = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < connections; i++) {
                // Spread over the interval, so that paced connections do not all send at once.
                double delay = batchesPerSecond > 0 ? (double) i / connections / batchesPerSecond : 0;
                Pace pace = new Pace(start + (long) (delay * 1e9), batchesPerSecond, start + time.toNanos());
                running.add(threads.submit(() -> send(pace)));
            }
            List<Tally> parts = new ArrayList<>();
            for (Future<Tally> each : running) {
                parts.add(each.get());
            }
            return Tally.joined(parts);
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    /** @param batchesPerSecond of one connection; 0 for as fast as answers come */
    private record Pace(long start, double batchesPerSecond, long end) {

        boolean isPaced() {
            return batchesPerSecond > 0;
        }

        long due(long sent) {
            return start + (long) (sent / batchesPerSecond * 1e9);
        }
    }

    private Tally send(Pace pace) {
        Tally tally = new Tally();
        ShopBatch batch = new ShopBatch(shop, api, path);
        long sent = 0;
        while (isTime(pace, sent)) {
            try (Connection connection = new Connection(api.address())) {
                while (isTime(pace, sent)) {
                    long start = pace.isPaced() ? pace.due(sent) : System.nanoTime();
                    sent++;
                    send(connection, batch, tally, pace, start);
                }
            } catch (IOException gone) {
                tally.broken(gone);
                LockSupport.parkNanos(AFTER_A_REFUSAL.toNanos());
            }
        }
        return tally;
    }

    /** Waits until the next batch is due; false if that is after the end. */
    private boolean isTime(Pace pace, long sent) {
        if (pace.isPaced()) {
            long due = pace.due(sent);
            while (System.nanoTime() < Math.min(due, pace.end())) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
        return System.nanoTime() < pace.end()
                && !stopped
                && !Thread.currentThread().isInterrupted();
    }

    /** @param start from when the answer is waited for: if paced when the batch was due, however late it is sent */
    private void send(Connection connection, ShopBatch batch, Tally tally, Pace pace, long start) throws IOException {
        long number = ledger.openOrFresh();
        boolean isAcknowledged = false;
        try {
            Answer answer = connection.send(batch.numbered(number));
            tally.answered(answer, System.nanoTime() - start);
            isAcknowledged = answer.isAcknowledged();
        } finally {
            ledger.settled(number, isAcknowledged);
        }
        if (!isAcknowledged && !pace.isPaced()) {
            LockSupport.parkNanos(AFTER_A_REFUSAL.toNanos());
        }
    }

    /**
     * Sends again what was not acknowledged, until all of it is or the time is over.
     *
     * @return whether all of it is acknowledged now
     */
    boolean settle(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        ShopBatch batch = new ShopBatch(shop, api, path);
        long number = ledger.pollOpen();
        while (number >= 0 && System.nanoTime() < end) {
            try (Connection connection = new Connection(api.address())) {
                while (number >= 0 && System.nanoTime() < end) {
                    if (connection.send(batch.numbered(number)).isAcknowledged()) {
                        ledger.settled(number, true);
                        number = ledger.pollOpen();
                    } else {
                        Thread.sleep(AFTER_A_REFUSAL.toMillis());
                    }
                }
            } catch (IOException gone) {
                Thread.sleep(AFTER_A_REFUSAL.toMillis());
            }
        }
        if (number >= 0) {
            ledger.settled(number, false);
        }
        return number < 0;
    }
}
