package dev.microlift.server.alert.webhook;

import dev.microlift.server.alert.webhook.Deliveries.Due;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Sends messages. The receiver is connected to at the address that was checked, a redirect is an answer like any other, and of
 * an answer only the status is read.
 */
@ApplicationScoped
class Sender {

    private static final int MAX_HEAD_BYTES = 8192;

    private final WebhookSettings settings;
    private final Clock clock;
    private final HttpClient client;

    Sender(Vertx vertx, WebhookSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout(Math.toIntExact(settings.timeout().toMillis()))
                .setMaxHeaderSize(MAX_HEAD_BYTES)
                .setMaxInitialLineLength(MAX_HEAD_BYTES));
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /** Makes one attempt; what can go wrong is in the outcome. */
    CompletableFuture<Outcome> send(Due due) {
        Destination destination;
        try {
            destination = Destination.find(due.url(), settings.allowPrivateAddresses());
        } catch (Destination.RefusedException refused) {
            return CompletableFuture.completedFuture(Outcome.failed(refused.reason()));
        }
        Future<HttpClientRequest> connected = client.request(request(destination, due));
        return connected
                .compose(request -> request.send(Buffer.buffer(due.body())))
                .map(Sender::status)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .handle((status, failure) -> {
                    // Also what is still under way: nobody reads on.
                    connected.onSuccess(request -> request.connection().close());
                    return failure == null ? Outcome.answered(status) : Outcome.failed(reason(failure));
                });
    }

    /** What is left of the answer, or becomes of it, does not matter. */
    private static int status(HttpClientResponse response) {
        response.exceptionHandler(cut -> {});
        return response.statusCode();
    }

    private RequestOptions request(Destination destination, Due due) {
        Instant now = clock.instant();
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(
                        new InetSocketAddress(destination.address(), destination.port())))
                .setHost(destination.url().getHost())
                .setPort(destination.port())
                .setSsl(destination.isSecure())
                .setURI(destination.target())
                .putHeader("content-type", "application/json")
                .putHeader("user-agent", "Microlift")
                .putHeader("webhook-id", due.messageId())
                .putHeader("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .putHeader("webhook-signature", Signature.of(due.secret(), due.messageId(), now, due.body()));
    }

    /** In words of ours: what a network says of itself is nobody's business. */
    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return "the receiver did not answer in time";
        }
        return cause instanceof SSLException
                ? "the receiver's certificate is not accepted"
                : "no connection, or it ended without an answer";
    }
}
