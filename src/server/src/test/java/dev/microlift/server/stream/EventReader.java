package dev.microlift.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads a stream of server-sent events, line by line. */
public final class EventReader implements AutoCloseable {

    private static final String END = "(the end)";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final HttpResponse<InputStream> response;

    private EventReader(HttpResponse<InputStream> response) {
        this.response = response;
        Thread reading = new Thread(this::read, "event reader");
        reading.setDaemon(true);
        reading.start();
    }

    /** Asks for a stream; headers are pairs of names and values. */
    public static EventReader open(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new EventReader(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    }

    private void read() {
        try (BufferedReader text = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            text.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException closed) {
            // as good as the end
        }
        lines.add(END);
    }

    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** Waits for a line that begins so, and gives what follows. */
    public String await(String start) throws InterruptedException {
        while (true) {
            String line = lines.poll(60, TimeUnit.SECONDS);
            assertThat(line).as("a line that begins with " + start).isNotNull().isNotEqualTo(END);
            if (line.startsWith(start)) {
                return line.substring(start.length());
            }
        }
    }

    /** Waits for the server to end the stream. */
    public void awaitEnd() throws InterruptedException {
        String line = "";
        while (!line.equals(END)) {
            line = lines.poll(60, TimeUnit.SECONDS);
            assertThat(line).as("the end of the stream").isNotNull();
        }
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException closed) {
            // closed all the same
        }
    }
}
