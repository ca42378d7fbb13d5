package dev.microlift.server.alert.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Somebody who is told of alerts, on this machine. */
public final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();

    /** One request as it came. */
    public record Message(String path, Headers headers, String body) {

        /** A header. */
        public String header(String name) {
            return headers.getFirst(name);
        }
    }

    /** How a request is answered. */
    @FunctionalInterface
    public interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private Receiver(HttpServer server) {
        this.server = server;
    }

    /** Listens on loopback and notes what comes before it answers. */
    public static Receiver answering(Answer answer) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Receiver receiver = new Receiver(server);
            server.createContext("/", exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                receiver.received.add(
                        new Message(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
                answer.to(exchange);
                exchange.close();
            });
            server.start();
            return receiver;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Answers with a status and nothing else. */
    public static Receiver answering(int status) {
        return answering(exchange -> exchange.sendResponseHeaders(status, -1));
    }

    /** Its address, on a host that has to be looked up. */
    public String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    /** The next message that is about all of this; fails if none comes within a minute. */
    public Message next(String... about) throws InterruptedException {
        while (true) {
            Message message = received.poll(1, TimeUnit.MINUTES);
            if (message == null) {
                throw new AssertionError("no message about " + String.join(", ", about) + " came");
            }
            if (Stream.of(about).allMatch(message.body()::contains)) {
                return message;
            }
        }
    }

    /** How many messages wait. */
    public int waiting() {
        return received.size();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
