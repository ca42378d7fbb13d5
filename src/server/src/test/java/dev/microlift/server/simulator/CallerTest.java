package dev.microlift.server.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallerTest {

    private static final RetryPolicy FOUR_TIMES = new RetryPolicy(4, Duration.ofMillis(100), Duration.ofSeconds(30));

    private StubServer server;
    private List<Duration> pauses;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
        pauses = new ArrayList<>();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Caller caller() {
        return new Caller(new Target(server.url(), "key"), FOUR_TIMES, pauses::add, () -> 0);
    }

    @Test
    void aBusyServerIsAskedAgainWhenItSaidSo() {
        server.on("POST /v1/batch", 429, "{}", "Retry-After", "7")
                .on("POST /v1/batch", 503, "{}", "Retry-After", "2")
                .on("POST /v1/batch", 200, "{\"accepted\": 3}");

        Answer answer = caller().post("/v1/batch");

        assertThat(answer.orFail().path("accepted").asInt()).isEqualTo(3);
        assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(2));
    }

    @Test
    void aBusyServerThatSaysNothingIsAskedAgainLaterAndLater() {
        server.on("GET /x", 503, "").on("GET /x", 503, "").on("GET /x", 503, "").on("GET /x", 200, "{}");

        assertThat(caller().get("/x").status()).isEqualTo(200);
        assertThat(pauses).containsExactly(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200));
    }

    @Test
    void aBrokenConnectionIsTriedAgain() {
        server.on("POST /x", 0, "").on("POST /x", 200, "{}");

        assertThat(caller().post("/x").status()).isEqualTo(200);
    }

    @Test
    void whoStaysBusyIsGivenUpWithItsOwnWords() {
        server.on("GET /x", 503, "{\"title\": \"Temporarily unavailable\", \"detail\": \"the disk is full\"}");

        assertThatExceptionOfType(SimulationException.class)
                .isThrownBy(() -> caller().get("/x"))
                .withMessage("the server answered 503 to GET /x: Temporarily unavailable; the disk is full");
        assertThat(server.requests()).hasSize(4);
        assertThat(pauses).hasSize(3);
    }

    @Test
    void aRefusalIsNotRepeated() {
        server.on("POST /x", 400, """
                {"title": "Invalid document", "detail": "one field is wrong",
                 "errors": [{"pointer": "/key", "code": "required", "detail": "the field is required"}]}""");

        Answer answer = caller().post("/x");

        assertThatExceptionOfType(SimulationException.class)
                .isThrownBy(answer::orFail)
                .withMessage("the server answered 400 to POST /x: Invalid document; one field is wrong;"
                        + " /key the field is required");
        assertThat(server.requests()).hasSize(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void anAnswerThatIsNotJsonIsStillAnAnswer() {
        server.on("GET /x", 502, "<html>bad gateway</html>");

        assertThat(caller().get("/x").explanation()).isEqualTo("the server answered 502 to GET /x");
    }

    @Test
    void anAddressWithoutAServerIsNamed() {
        String url = server.url();
        server.close();

        assertThatExceptionOfType(SimulationException.class)
                .isThrownBy(() -> caller().get("/x"))
                .withMessage("cannot reach " + url + ": connection refused");
        assertThat(pauses).hasSize(3);
    }
}
