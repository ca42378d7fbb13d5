package dev.microlift.server.ingest;

import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventlog.Receipt;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Appends to the log, and tells when that is durable. */
@ApplicationScoped
class Appends {

    /** A disk that needs longer is as good as broken; callers have given up by then. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final EventLog log;
    private final IngestMeters meters;

    Appends(EventLog log, IngestMeters meters) {
        this.log = log;
        this.meters = meters;
    }

    /**
     * Waits for room, because nothing costs more than to read what is refused then.
     *
     * @throws ProblemException if so many messages would be refused
     */
    void awaitRoom(int messages) {
        try {
            log.awaitRoom(messages).ifPresent(refusal -> {
                throw refusal;
            });
        } catch (InterruptedException stopping) {
            throw stopping();
        }
    }

    /** Hands messages to the log. */
    CompletableFuture<List<Receipt>> begin(List<Message> messages) {
        Arrivals arrivals = Arrivals.of(messages);
        return log.append(messages).toCompletableFuture().whenComplete((receipts, failure) -> {
            if (failure == null) {
                meters.received(arrivals, receipts);
            }
        });
    }

    /** Hands messages to the log, waiting a while for room in its queue: a bulk sender should be slowed, not refused. */
    CompletableFuture<List<Receipt>> beginPatiently(List<Message> messages) {
        long start = System.nanoTime();
        CompletableFuture<List<Receipt>> durable = begin(messages);
        while (isRefusedForNow(durable) && System.nanoTime() - start < LONGEST_WAIT.toNanos()) {
            LockSupport.parkNanos(PAUSE.toNanos());
            durable = begin(messages);
        }
        return durable;
    }

    private static boolean isRefusedForNow(CompletableFuture<List<Receipt>> durable) {
        return durable.isCompletedExceptionally()
                && durable.handle((receipts, failure) ->
                                        failure instanceof CompletionException wrapped ? wrapped.getCause() : failure)
                                .join()
                        instanceof ProblemException problem
                && problem.code() == ErrorCode.TOO_MANY_REQUESTS;
    }

    /**
     * Hands messages to the log.
     *
     * @return what became of each, once they are durable; fails with a {@link ProblemException} if they are not, and may be
     *     sent again
     */
    CompletionStage<List<Receipt>> append(List<Message> messages) {
        // A copy is given up on: what is stored later than that is still counted.
        return begin(messages)
                .copy()
                .orTimeout(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)
                .exceptionally(failure -> {
                    throw reason(failure);
                });
    }

    /**
     * Waits until they are durable.
     *
     * @throws ProblemException if they are not; they may be sent again
     */
    List<Receipt> await(CompletableFuture<List<Receipt>> durable) {
        try {
            return durable.get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw reason(failure);
        } catch (InterruptedException stopping) {
            throw stopping();
        }
    }

    private static ProblemException stopping() {
        Thread.currentThread().interrupt();
        return unavailable("the server is stopping; send it again");
    }

    private static RuntimeException reason(Throwable failure) {
        Throwable cause = failure instanceof ExecutionException || failure instanceof CompletionException
                ? failure.getCause()
                : failure;
        if (cause instanceof TimeoutException) {
            return unavailable("storing takes too long; whether it was kept is not known, so send it again");
        }
        return cause instanceof ProblemException refusal ? refusal : new IllegalStateException("the log failed", cause);
    }

    private static ProblemException unavailable(String detail) {
        return ProblemException.retry(ErrorCode.UNAVAILABLE, detail, RETRY_AFTER);
    }
}
