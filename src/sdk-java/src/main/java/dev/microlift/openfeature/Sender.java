package dev.microlift.openfeature;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is in the outbox, in one thread. A batch that the server did not acknowledge is sent again, unchanged,
 * until it is acknowledged or refused; meanwhile the outbox fills and then drops. Of a batch that the server cannot
 * read, each half is sent on its own, and so on, so that one message that spoils it is lost alone.
 */
final class Sender implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Sender.class.getName());
    private static final int LARGEST_ANSWER = 4 << 20;
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);

    /** One bad message costs a dozen. A server that refuses everything is not to be asked about each message. */
    private static final int MOST_REFUSALS_IN_A_ROW = 32;

    private final MicroliftOptions options;
    private final Endpoint endpoint;
    private final Outbox outbox;
    private final Batcher batcher;
    private final Backoff backoff;
    private final Thread thread = DaemonThreads.named("microlift-sender", this::run);
    private volatile boolean flushing;
    private volatile boolean closing;
    private volatile long deadline;

    /** Of the batch that is being sent, what is not settled yet. */
    private final Deque<Batch> parts = new ArrayDeque<>();

    private int underway;
    private int refusals;

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
            parts.push(batch);
            while (!parts.isEmpty()) {
                deliver(parts.pop());
            }
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

    /** Sends a batch once: null if that is the end of it, else how long to wait before it is sent again. */
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
            refused(batch, answer.status());
            return null;
        } catch (IOException | RuntimeException failure) {
            LOG.log(Level.DEBUG, "messages could not be sent: {0}", failure.getMessage());
            return backoff.failed(Duration.ZERO);
        }
    }

    private void refused(Batch batch, int status) {
        refusals++;
        boolean isUnreadable = status == BAD_REQUEST || status == TOO_LARGE;
        if (isUnreadable && batch.messages() > 1 && refusals < MOST_REFUSALS_IN_A_ROW) {
            parts.push(batch.secondHalf());
            parts.push(batch.firstHalf());
            return;
        }
        LOG.log(Level.WARNING, "the server refused {0} messages with status {1}", batch.messages(), status);
        settle(0, batch.messages());
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
        refusals = 0;
        settle(batch.messages() - refused, refused);
        return true;
    }

    private void settle(int sent, int rejected) {
        underway -= sent + rejected;
        outbox.settle(sent, rejected);
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
