package dev.microlift.server.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server, and asks again when it is busy or out of reach. Only what may be sent twice goes through here:
 * readings, and messages that carry their own id.
 */
final class Caller {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(2);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final Target target;
    private final HttpClient client;
    private final RetryPolicy policy;
    private final Pause pause;
    private final DoubleSupplier jitter;

    private Caller(Target target, HttpClient client, RetryPolicy policy, Pause pause, DoubleSupplier jitter) {
        this.target = target;
        this.client = client;
        this.policy = policy;
        this.pause = pause;
        this.jitter = jitter;
    }

    /** @param jitter uniform in [0, 1) */
    Caller(Target target, RetryPolicy policy, Pause pause, DoubleSupplier jitter) {
        this(target, client(), policy, pause, jitter);
    }

    /** HTTP/1.1 from the start: the offer to upgrade would cost every connection's first request a round trip. */
    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    /** The same over the same connections, but with another patience. */
    Caller with(RetryPolicy other) {
        return new Caller(target, client, other, pause, jitter);
    }

    Answer get(String path) {
        return ask("GET", path, BodyPublishers.noBody());
    }

    Answer post(String path) {
        return ask("POST", path, BodyPublishers.noBody());
    }

    Answer post(String path, JsonNode body) {
        try {
            return ask("POST", path, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Answer ask(String method, String path, BodyPublisher body) {
        HttpRequest request = request(method, path, body);
        String name = method + " " + path;
        for (int attempt = 1; ; attempt++) {
            Outcome outcome = send(request, name);
            if (outcome instanceof Answered answered) {
                return answered.answer();
            }
            Failed failed = (Failed) outcome;
            if (attempt >= policy.attempts()) {
                throw new SimulationException(failed.why(), failed.cause());
            }
            rest(policy.pause(attempt, failed.retryAfter(), jitter.getAsDouble()));
        }
    }

    private HttpRequest request(String method, String path, BodyPublisher body) {
        return HttpRequest.newBuilder(URI.create(target.url() + path))
                .method(method, body)
                .timeout(ANSWER_TIMEOUT)
                .header("Authorization", "Bearer " + target.key())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .build();
    }

    private sealed interface Outcome permits Answered, Failed {}

    private record Answered(Answer answer) implements Outcome {}

    private record Failed(
            String why,
            Optional<Duration> retryAfter,
            @Nullable Throwable cause) implements Outcome {}

    private Outcome send(HttpRequest request, String name) {
        try {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            Answer answer = new Answer(name, response.statusCode(), json(response.body()));
            if (answer.status() == TOO_MANY_REQUESTS || answer.status() == UNAVAILABLE) {
                return new Failed(answer.explanation(), retryAfter(response), null);
            }
            return new Answered(answer);
        } catch (IOException unreachable) {
            return new Failed(
                    "cannot reach " + target.url() + ": " + cause(unreachable), Optional.empty(), unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SimulationException("the run was interrupted", interrupted);
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** Seconds only: that is what the server sends. A date, as a proxy might, is answered with the usual pause. */
    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    /** The platform leaves the message of its most frequent failures empty. */
    private static String cause(IOException failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof UnresolvedAddressException) {
                return "there is no host of this name";
            }
        }
        if (failure instanceof ConnectException || failure.getCause() instanceof ClosedChannelException) {
            return "connection refused";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    void rest(Duration duration) {
        try {
            pause.of(duration);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SimulationException("the run was interrupted", interrupted);
        }
    }
}
