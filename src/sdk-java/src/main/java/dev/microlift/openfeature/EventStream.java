package dev.microlift.openfeature;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** One connection to the server's stream of changes. */
final class EventStream implements BodySubscriber<Void>, AutoCloseable {

    /** What comes of a connection; called by the HTTP client's threads, and no more once the stream is closed. */
    interface Listener extends EventStreamParser.Listener {

        /** The server has begun to send. */
        void onOpen();

        /** Bytes arrived: the connection lives. */
        void onSignOfLife();

        /** The connection is at its end. */
        void onEnd(String reason);
    }

    private static final int LARGEST_REFUSAL = 1 << 16;

    private final Listener listener;
    private final EventStreamParser parser;
    private final CompletableFuture<Void> body = new CompletableFuture<>();
    private final CompletableFuture<HttpResponse<Void>> connection;
    private Flow.@Nullable Subscription subscription;
    private volatile boolean closed;

    EventStream(Endpoint endpoint, Listener listener) {
        this.listener = listener;
        this.parser = new EventStreamParser(Configuration.MOST_BYTES, listener);
        this.connection = endpoint.open(
                endpoint.request("/sub/" + endpoint.keyInPath())
                        .setHeader("Accept", "text/event-stream")
                        .build(),
                this::accepted);
        var ignored = connection.whenComplete(this::ended);
    }

    private BodySubscriber<Void> accepted(HttpResponse.ResponseInfo head) {
        boolean events = head.statusCode() == 200
                && head.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
        return events
                ? this
                : BodySubscribers.mapping(new BoundedBody(LARGEST_REFUSAL), text -> {
                    throw new IllegalStateException("no stream of events, but status " + head.statusCode());
                });
    }

    private void ended(@Nullable HttpResponse<Void> response, @Nullable Throwable failure) {
        if (!closed) {
            listener.onEnd(failure == null ? "the server ended it" : String.valueOf(failure.getMessage()));
        }
    }

    @Override
    public CompletionStage<Void> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (!closed) {
            listener.onOpen();
        }
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (closed || body.isDone()) {
            return;
        }
        listener.onSignOfLife();
        try {
            for (ByteBuffer buffer : buffers) {
                parser.accept(buffer);
            }
        } catch (IOException unreadable) {
            body.completeExceptionally(unreadable);
            if (subscription != null) {
                subscription.cancel();
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(null);
    }

    @Override
    public void close() {
        closed = true;
        // Not the subscription: Java 17's client would wait for the rest of the stream for ever.
        connection.cancel(true);
    }
}
