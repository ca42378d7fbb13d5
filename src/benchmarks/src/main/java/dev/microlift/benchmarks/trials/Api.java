package dev.microlift.benchmarks.trials;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The management side of a server: what a trial sets up and reads, one request at a time. */
final class Api {

    /** The key of the first admin of every server that a trial starts. */
    static final String ADMIN_KEY = "trial-admin-key-of-more-than-32-characters";

    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration READY_ANSWER = Duration.ofSeconds(10);

    private final URI address;
    private final String key;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Api(URI address, String key) {
        this.address = address;
        this.key = key;
    }

    URI address() {
        return address;
    }

    String key() {
        return key;
    }

    boolean isReady() throws InterruptedException {
        try {
            return ask(request("/q/health/ready").timeout(READY_ANSWER)).statusCode() == 200;
        } catch (IOException notListening) {
            return false;
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return ask(request(path).timeout(ANSWER));
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return ask(request(path)
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** The body of a success; anything else ends the trial. */
    String read(String path) throws IOException, InterruptedException {
        return success(get(path));
    }

    /** Creates or changes something; anything but success ends the trial. */
    void send(String path, String json) throws IOException, InterruptedException {
        success(post(path, json));
    }

    private static String success(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    answer.request().uri().getPath() + " answers " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Bearer " + key);
    }

    private HttpResponse<String> ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
