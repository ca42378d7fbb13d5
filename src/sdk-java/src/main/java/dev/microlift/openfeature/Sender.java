package dev.microlift.openfeature;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is in the outbox, in one thread. A batch that the server did not acknowledge is sent again, unchanged,
 * until it is acknowledged or refused; meanwhile the outbox fills and then drops.
 */
final class Sender implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Sender.class.getName());
    private static final int LARGEST_ANSWER = 4 << 20;
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);

    private final MicroliftOptions options;
    private final Endpoint endpoint;
    private final Outbox outbox;
    private final Batcher batcher;
    private final Backoff backoff;
    private final Thread thread = DaemonThreads.named("microlift-sender", this::run);
    private volatile boolean flushing;
    private volatile boolean closing;
    private volatile long deadline;
    private int underway;

    Sender(MicroliftOptions options, Endpoint endpoint, Outbox outbox) {
        this.options = options;
        this.endpoint = endpoint;
        this.outbox = outbox;
        this.batcher = new Batcher(outbox, options.batchSize());
        this.backoff = new Backoff(FIRST_RETRY, LONGEST_RETRY, options.random());
    }

    void start() {
        thread.start();
    }

    /** A batch is full. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Sends what waits now; false if it was not all settled in time. */
    boolean flush(Duration timeout) {
        long messages = outbox.accepted();
        flushing = true;
        wake();
        try {
            return outbox.awaitSettled(messages, System.nanoTime() + timeout.toNanos());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Sends what waits, within the options' bound; what is left then is dropped and counted. */
    @Override
    public void close() {
        outbox.close();
        deadline = System.nanoTime() + options.closeTimeout().toNanos();
        closing = true;
        wake();
        try {
            thread.join(options.closeTimeout().toMillis() + 1);
            thread.interrupt();
            thread.join(options.closeTimeout().toMillis() + 1);
        } catch (InterruptedException interrupted) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing || !outbox.isEmpty() || batcher.underway() > 0) {
                awaitWork();
                sendWaiting();
            }
        } catch (InterruptedException ended) {
            LOG.log(Level.DEBUG, "messages are no longer sent");
        } finally {
            outbox.abandon(underway + batcher.underway());
        }
    }

    private void awaitWork() throws InterruptedException {
        long until = System.nanoTime() + options.flushInterval().toNanos();
        long left = until - System.nanoTime();
        while (left > 0 && !closing && !flushing && outbox.size() < options.batchSize()) {
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            left = until - System.nanoTime();
        }
        flushing = false;
    }

    private void sendWaiting() throws InterruptedException {
        Batch batch = batcher.next();
        while (batch.messages() > 0) {
            underway = batch.messages();
            deliver(batch);
            underway = 0;
            batch = batcher.next();
        }
    }

    private void deliver(Batch batch) throws InterruptedException {
        while (true) {
            Duration wait = attempt(batch);
            if (wait == null) {
                backoff.succeeded();
                return;
            }
            outbox.retried();
            rest(wait);
        }
    }

    /** Sends a batch once: null if it is settled, else how long to wait before it is sent again. */
    private @Nullable Duration attempt(Batch batch) throws InterruptedException {
        HttpRequest request = endpoint.request("/v1/batch")
                .setHeader("Content-Type", "application/json")
                .setHeader("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        batch.compressed(options.clock().instant())))
                .build();
        try {
            HttpAnswer answer = endpoint.exchange(request, LARGEST_ANSWER, options.requestTimeout());
            if (answer.status() == 200) {
                return acknowledged(batch, answer) ? null : backoff.failed(Duration.ZERO);
            }
            if (answer.isPassing()) {
                return backoff.failed(answer.retryAfter(options.clock()));
            }
            LOG.log(
                    Level.WARNING,
                    "the server refused {0} messages with status {1}",
                    batch.messages(),
                    answer.status());
            outbox.settle(0, batch.messages());
            return null;
        } catch (IOException | RuntimeException failure) {
            LOG.log(Level.DEBUG, "messages could not be sent: {0}", failure.getMessage());
            return backoff.failed(Duration.ZERO);
        }
    }

    private boolean acknowledged(Batch batch, HttpAnswer answer) {
        OptionalInt rejected = rejected(answer.body());
        if (rejected.isEmpty()) {
            return false;
        }
        int refused = Math.min(rejected.getAsInt(), batch.messages());
        if (refused > 0) {
            LOG.log(Level.WARNING, "the server rejected {0} of {1} messages", refused, batch.messages());
        }
        outbox.settle(batch.messages() - refused, refused);
        return true;
    }

    /** How many messages the answer says were rejected; none if it is no acknowledgement, but a proxy's page, say. */
    private static OptionalInt rejected(byte[] body) {
        try {
            return PlainJson.read(body) instanceof Map<?, ?> answer && Boolean.TRUE.equals(answer.get("success"))
                    ? OptionalInt.of(answer.get("rejected") instanceof List<?> list ? list.size() : 0)
                    : OptionalInt.empty();
        } catch (IOException unreadable) {
            return OptionalInt.empty();
        }
    }

    private void rest(Duration wait) throws InterruptedException {
        long until = System.nanoTime() + wait.toNanos();
        while (until - System.nanoTime() > 0) {
            if (closing && deadline - System.nanoTime() <= 0) {
                throw new InterruptedException("no time is left");
            }
            // In portions, because the end may be announced meanwhile.
            TimeUnit.NANOSECONDS.sleep(Math.min(until - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(100)));
        }
    }
}
