package dev.microlift.openfeature;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

/** A real HTTP server with the routes that the SDK uses, which does what a test tells it to. */
final class FakeServer implements AutoCloseable {

    static final String KEY = "mls_test";

    /** Answers one request. */
    interface Route {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<OutputStream> streams = new CopyOnWriteArrayList<>();
    private final Map<String, Map<?, ?>> messages = new LinkedHashMap<>();

    volatile String configuration = Payloads.of(Payloads.button());
    volatile Route features = this::configuration;
    volatile Route tracking = this::accept;
    volatile Route stream = this::stream;
    final AtomicInteger downloads = new AtomicInteger();
    final AtomicInteger batches = new AtomicInteger();
    final AtomicInteger repeated = new AtomicInteger();
    final Queue<Map<String, List<String>>> featureRequests = new ConcurrentLinkedQueue<>();
    final Queue<Map<String, List<String>>> batchRequests = new ConcurrentLinkedQueue<>();

    FakeServer() {
        this(0);
    }

    FakeServer(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(threads);
        server.createContext("/api/features/" + KEY, exchange -> {
            downloads.incrementAndGet();
            featureRequests.add(Map.copyOf(exchange.getRequestHeaders()));
            route(exchange, features);
        });
        server.createContext("/sub/" + KEY, exchange -> route(exchange, stream));
        server.createContext("/v1/batch", exchange -> {
            batches.incrementAndGet();
            batchRequests.add(Map.copyOf(exchange.getRequestHeaders()));
            route(exchange, tracking);
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Options for this server that do not wait long for anything. */
    MicroliftOptions.Builder options() {
        return optionsFor(port());
    }

    static MicroliftOptions.Builder optionsFor(int port) {
        return MicroliftOptions.builder(Map.of())
                .endpoint("http://127.0.0.1:" + port)
                .key(KEY)
                .streaming(false)
                .startTimeout(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .flushInterval(Duration.ofMillis(20))
                .closeTimeout(Duration.ofSeconds(30))
                .random(() -> 0.01);
    }

    /** The messages that were acknowledged, each id once, in their order. */
    List<Map<?, ?>> messages() {
        synchronized (messages) {
            return new ArrayList<>(messages.values());
        }
    }

    List<Map<?, ?>> messages(String event) {
        return messages().stream()
                .filter(message -> event.equals(message.get("event")))
                .toList();
    }

    /** Sends an event to everybody who listens. */
    void push(String text) {
        streams.removeIf(listener -> {
            try {
                listener.write(text.getBytes(UTF_8));
                listener.flush();
                return false;
            } catch (IOException gone) {
                return true;
            }
        });
    }

    int listeners() {
        return streams.size();
    }

    static Route status(int status, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
        };
    }

    static Route body(String contentType, String text) {
        return exchange -> {
            byte[] bytes = text.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** Ends the connection in the middle of the body. */
    static Route cutShort(String start) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, start.length() + 100);
            exchange.getResponseBody().write(start.getBytes(UTF_8));
        };
    }

    /** Takes the request and never answers. */
    Route silence() {
        return exchange -> awaitEnd();
    }

    /** Starts a body and never ends it. */
    Route halfAnAnswer() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitEnd();
        };
    }

    /** Sends and never stops. */
    Route endlessAnswer() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = " ".repeat(1 << 16).getBytes(UTF_8);
            while (closing.getCount() > 0) {
                exchange.getResponseBody().write(much);
            }
        };
    }

    private void configuration(HttpExchange exchange) throws IOException {
        String now = configuration; // a test may set another one meanwhile
        byte[] bytes = now.getBytes(UTF_8);
        String tag = "\"" + Integer.toHexString(now.hashCode()) + "\"";
        exchange.getResponseHeaders().set("ETag", tag);
        if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
        } else {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(":hello\n\n".getBytes(UTF_8));
        exchange.getResponseBody().flush();
        streams.add(exchange.getResponseBody());
        awaitEnd();
    }

    /** Acknowledges a batch as the server does. */
    void accept(HttpExchange exchange) throws IOException {
        accept(exchange, read(exchange));
    }

    /** The same for a batch that was read already. */
    void accept(HttpExchange exchange, byte[] batch) throws IOException {
        take(batch);
        body("application/json", "{\"success\": true, \"accepted\": 1, \"duplicates\": 0, \"rejected\": []}")
                .answer(exchange);
    }

    /** Takes a batch without a word. */
    void take(HttpExchange exchange) throws IOException {
        take(read(exchange));
    }

    /** The body of a batch. */
    static byte[] read(HttpExchange exchange) throws IOException {
        return new GZIPInputStream(exchange.getRequestBody()).readAllBytes();
    }

    private void take(byte[] json) throws IOException {
        Object body = PlainJson.read(json);
        if (!(body instanceof Map<?, ?> envelope)
                || !(envelope.get("batch") instanceof List<?> batch)
                || !(envelope.get("sentAt") instanceof String)) {
            throw new IOException("not a batch: " + body);
        }
        synchronized (messages) {
            for (Object element : batch) {
                Map<?, ?> message = (Map<?, ?>) element;
                if (messages.putIfAbsent((String) message.get("messageId"), message) != null) {
                    repeated.incrementAndGet();
                }
            }
        }
    }

    private void route(HttpExchange exchange, Route route) throws IOException {
        try (exchange) {
            route.answer(exchange);
        }
    }

    private void awaitEnd() {
        try {
            closing.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
