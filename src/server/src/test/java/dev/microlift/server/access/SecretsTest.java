package dev.microlift.server.access;

import static dev.microlift.server.TestServer.asAdmin;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.Samples;
import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys, tokens, passwords and a webhook's secret are presented in every place that can be thought of, and looked for wherever anybody reads. */
@QuarkusTest
@TestProfile(SignOnProfile.class)
@QuarkusTestResource(TestServer.class)
class SecretsTest {

    private static final Duration BOUND = Duration.ofMinutes(1);

    private final Logged logged = new Logged();
    private final List<String> answers = new ArrayList<>();

    /** Everything that is logged, as the console would write it. */
    private static final class Logged extends Handler {

        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord line) {
            lines.add(new PatternFormatter("%c %s%e").format(org.jboss.logmanager.ExtLogRecord.wrap(line)));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(logged);
        Logger.getLogger("dev.microlift").setLevel(Level.ALL);
    }

    @AfterEach
    void listenNoMore() {
        Logger.getLogger("").removeHandler(logged);
        Logger.getLogger("dev.microlift").setLevel(null);
    }

    private void keep(Response response) {
        answers.add(response.statusCode() + "\n" + response.getHeaders() + "\n" + response.asString());
    }

    @Test
    void noSecretIsFoundInLogsErrorsMetricsReportsOrTheAuditLog() {
        String good = TestServer.newKey("admin");
        String client = TestServer.newKey("client");
        String revoked = TestServer.newKey("admin");
        asAdmin().delete("/api/v1/keys/" + revoked.split("_")[1]);
        String mistyped = good + "x";
        String token =
                TestIssuer.token("owners", TestIssuer.AUDIENCE, Instant.now().plusSeconds(3600));
        String forged = TestIssuer.forged("owners");
        String webhook = asAdmin()
                .contentType("application/json")
                .body("{\"url\": \"https://hooks.example.com/microlift\"}")
                .post("/api/v1/webhooks")
                .then()
                .statusCode(201)
                .extract()
                .path("secret");
        List<String> presented = List.of(TestServer.ADMIN_KEY, good, client, revoked, mistyped, token, forged, webhook);
        String experiment = Samples.startExperiment("");

        for (String secret : presented) {
            present(secret, experiment);
        }
        read(experiment);

        assertThat(Stream.concat(presented.stream().flatMap(SecretsTest::parts), Stream.of(SignOnProfile.PASSWORD)))
                .hasSizeGreaterThan(presented.size())
                .allSatisfy(part -> {
                    assertThat(where(answers, part)).isEmpty();
                    assertThat(where(logged.lines, part)).isEmpty();
                });
    }

    private static List<String> where(Collection<String> texts, String part) {
        return texts.stream()
                .filter(text -> text.contains(part))
                .map(text -> text.substring(Math.max(0, text.indexOf(part) - 200)))
                .toList();
    }

    /** What is secret in it: of a token its claims and its signature, of a key what follows its public id. */
    private static Stream<String> parts(String secret) {
        return Stream.of(secret.split(secret.startsWith("eyJ") ? "\\." : "_(?=[0-9A-Za-z]{32})"))
                .skip(secret.startsWith("eyJ") || secret.startsWith("ml") ? 1 : 0);
    }

    private void present(String secret, String experiment) {
        List<UnaryOperator<RequestSpecification>> ways = List.of(
                request -> request.header("Authorization", "Bearer " + secret),
                request -> request.header("X-API-Key", secret),
                request -> request.auth().preemptive().basic(secret, ""));
        for (UnaryOperator<RequestSpecification> way : ways) {
            keep(way.apply(anybody()).get("/api/v1/experiments/" + experiment));
            keep(way.apply(sending("{")).post("/api/v1/journeys"));
            keep(way.apply(sending("{")).post("/ofrep/v1/evaluate/flags"));
            keep(way.apply(sending("{\"batch\": [{\"type\": \"track\", \"event\": 7}]}"))
                    .post("/v1/batch"));
            keep(way.apply(anybody()).delete("/api/v1/keys/no-such-key"));
        }
        keep(sending("{\"type\": \"track\", \"event\": 7, \"writeKey\": \"" + secret + "\"}")
                .post("/v1/track"));
        keep(sending("{\"type\": \"track\" \"writeKey\": \"" + secret + "\"}").post("/v1/track"));
        keep(anybody().get("/api/features/" + secret + "x"));
        keep(anybody().get("/ofrep/v1/events?token=" + secret));
        keep(sending("[]").post("/track?client_key=" + secret + "x"));
        keep(asAdmin().delete("/api/v1/keys/" + secret));
        keep(asAdmin().post("/api/v1/keys/" + secret + "/rotate"));
        keep(asAdmin().contentType("application/json").body("{\"name\": 7}").put("/api/v1/journeys/" + secret));
    }

    /** Each time from another address, so that none is asked to wait. */
    private RequestSpecification anybody() {
        int number = answers.size();
        return given().header("X-Forwarded-For", "10.0." + number / 250 + "." + number % 250);
    }

    private RequestSpecification sending(String json) {
        return anybody().contentType("application/json").body(json);
    }

    private void read(String experiment) {
        for (String path : List.of(
                "/q/metrics",
                "/q/health",
                "/api/v1/keys?limit=1000",
                "/api/v1/webhooks?limit=1000",
                "/api/v1/rejects?limit=1000",
                "/api/v1/exposures",
                "/api/v1/imports",
                "/api/v1/experiments/" + experiment + "/report")) {
            keep(asAdmin().get(path));
        }
        // What was refused is written just after its answer.
        long deadline = System.nanoTime() + BOUND.toNanos();
        Response audit = asAdmin().get("/api/v1/audit?limit=1000&object=key");
        while (!audit.asString().contains("\"error\"") && System.nanoTime() < deadline) {
            audit = asAdmin().get("/api/v1/audit?limit=1000&object=key");
        }
        keep(audit);
        keep(asAdmin().get("/api/v1/audit?limit=1000"));
    }
}
