package dev.microlift.server.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on loopback that answers each request with what was prepared for it. */
final class StubServer implements AutoCloseable {

    static {
        // Otherwise an answer's body waits 40 ms for the client to confirm its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** One answer; status 0 breaks the connection instead. */
    record Prepared(int status, String body, Map<String, String> headers) {}

    private record Received(String request, String body) {}

    private final HttpServer server;
    private final Map<String, Queue<Prepared>> answers = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();

    StubServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Prepares the next answer to a request such as {@code GET /x}; the last one prepared is given for ever. */
    StubServer on(String request, int status, String body, String... headers) {
        Map<String, String> fields = headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]);
        answers.computeIfAbsent(request, unseen -> new ConcurrentLinkedQueue<>())
                .add(new Prepared(status, body, fields));
        return this;
    }

    /** What was asked so far, as {@code GET /x}. */
    List<String> requests() {
        return received.stream().map(Received::request).toList();
    }

    /** The bodies of what was asked by one kind of request. */
    List<String> bodies(String request) {
        return received.stream()
                .filter(each -> each.request().equals(request))
                .map(Received::body)
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        received.add(new Received(request, new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        Queue<Prepared> prepared =
                answers.getOrDefault(request, new ConcurrentLinkedQueue<>(List.of(new Prepared(404, "{}", Map.of()))));
        Prepared next = prepared.size() > 1 ? prepared.remove() : prepared.element();
        try (exchange) {
            if (next.status() > 0) {
                next.headers().forEach(exchange.getResponseHeaders()::set);
                byte[] body = next.body().getBytes(UTF_8);
                exchange.sendResponseHeaders(next.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
