package dev.microlift.server.ingest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/**
 * Lets a refused sender hear the answer. An answer may be given before a body is read to its end (too large, wrong key);
 * many clients send all of it before they listen, and would wait for ever, or lose the answer if the connection were cut.
 * So what is left is received and thrown away, within bounds.
 */
@ApplicationScoped
class UnreadBodies {

    private static final long MOST_BYTES = 256L << 20;
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int OUTERMOST = 1_000;

    void observe(@Observes Filters filters) {
        filters.register(
                context -> {
                    Context eventLoop = context.vertx().getOrCreateContext();
                    context.addEndHandler(ended -> hear(context, eventLoop));
                    context.next();
                },
                OUTERMOST);
    }

    /**
     * An answer may end in any thread, but only the event loop knows whether the body has: it may end just now. What fails
     * in here would fail the answer, which nobody would get to hear then.
     */
    private static void hear(RoutingContext context, Context eventLoop) {
        if (!context.request().isEnded()) {
            eventLoop.runOnContext(now -> discard(context));
        }
    }

    private static void discard(RoutingContext context) {
        HttpServerRequest request = context.request();
        // Since version 2 of the protocol an answer ends an exchange without the connection. Once the connection is
        // gone
        // nobody waits for an answer, but a reader may still wait for the end, and must hear of it himself.
        if (request.isEnded() || context.response().closed() || request.version() == HttpVersion.HTTP_2) {
            return;
        }
        long timer = context.vertx()
                .setTimer(LONGEST.toMillis(), late -> request.connection().close());
        request.endHandler(done -> context.vertx().cancelTimer(timer));
        request.exceptionHandler(gone -> context.vertx().cancelTimer(timer));
        request.handler(new Discarded(request));
        request.resume();
        // A request that was only paused ends just here, and told the end to whoever listened before.
        if (request.isEnded()) {
            context.vertx().cancelTimer(timer);
        }
    }

    /** Counts what is thrown away and gives up when it is too much. */
    private static final class Discarded implements Handler<Buffer> {

        private final HttpServerRequest request;
        private long bytes;

        Discarded(HttpServerRequest request) {
            this.request = request;
        }

        @Override
        public void handle(Buffer buffer) {
            bytes += buffer.length();
            if (bytes > MOST_BYTES) {
                request.connection().close();
            }
        }
    }
}
