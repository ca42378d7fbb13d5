package dev.microlift.openfeature;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The server, as far as HTTP goes: every exchange is bounded in time, with its body, and in size. */
final class Endpoint implements AutoCloseable {

    private static final int THREADS = 2;

    private final MicroliftOptions options;
    private volatile @Nullable HttpClient client;

    Endpoint(MicroliftOptions options) {
        this.options = options;
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DaemonThreads("microlift-http"));
        threads.allowCoreThreadTimeOut(true);
        client = HttpClient.newBuilder()
                .executor(threads)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(options.requestTimeout())
                .build();
    }

    /** A request to a path below the server's address. */
    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(options.endpoint() + path));
        options.headers().forEach(request::setHeader);
        return request.setHeader("Authorization", "Bearer " + options.key());
    }

    /** The key as a part of a path. */
    String keyInPath() {
        return URLEncoder.encode(options.key(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Sends a request and reads the whole answer.
     *
     * @throws IOException if there is no complete answer in time, or it is too large
     */
    HttpAnswer exchange(HttpRequest request, int mostBytes, Duration timeout) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = open(request, head -> new BoundedBody(mostBytes));
        try {
            HttpResponse<byte[]> response = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return new HttpAnswer(response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException late) {
            throw new HttpTimeoutException("no complete answer within " + timeout);
        } catch (ExecutionException failure) {
            throw new IOException(reason(failure), failure);
        } finally {
            answer.cancel(true);
        }
    }

    /** Opens a stream; what it brings goes to the subscriber, and the future ends with it. */
    <T> CompletableFuture<HttpResponse<T>> open(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        HttpClient open = client;
        return open == null
                ? CompletableFuture.failedFuture(new IOException("the client is closed"))
                : open.sendAsync(request, handler);
    }

    /**
     * Lets the HTTP client go. In Java 17 it cannot be closed: it ends its thread once it is collected and nothing is
     * under way any more, and the threads it was given end when they have nothing to do.
     */
    @Override
    public void close() {
        client = null;
    }

    private static String reason(ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
