package dev.microlift.server.alert.webhook;

import static dev.microlift.server.Samples.newKey;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.microlift.server.TestServer;
import dev.microlift.server.alert.Alert;
import dev.microlift.server.alert.AlertChanged;
import dev.microlift.server.alert.AlertKind;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class WebhooksTest {

    private static final Duration BOUND = Duration.ofMinutes(1);

    @Inject
    Event<AlertChanged> changed;

    private static JsonPath create(String url, String events) {
        return sending("{\"url\": \"%s\", \"events\": [%s]}".formatted(url, events))
                .post("/api/v1/webhooks")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    private void open(AlertKind kind, String subject) {
        Alert alert = new Alert(
                7,
                kind,
                subject,
                subject,
                Instant.now(),
                null,
                JsonNodeFactory.instance.objectNode().put("share", 0.5));
        QuarkusTransaction.requiringNew().run(() -> changed.fire(new AlertChanged(AlertChanged.Change.OPENED, alert)));
    }

    private static JsonPath deliveries(String id) {
        return asAdmin()
                .get("/api/v1/webhooks/" + id + "/deliveries")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Deliveries once they are as expected, or as they are when the time is over. */
    private static JsonPath deliveries(String id, Predicate<JsonPath> expected) throws InterruptedException {
        Object lock = new Object();
        long start = System.nanoTime();
        JsonPath found = deliveries(id);
        while (!expected.test(found) && System.nanoTime() - start < BOUND.toNanos()) {
            synchronized (lock) {
                lock.wait(100);
            }
            found = deliveries(id);
        }
        return found;
    }

    private static void delete(String id) {
        asAdmin().delete("/api/v1/webhooks/" + id).then().statusCode(204);
    }

    @Test
    void anAlertIsToldOnceAndSigned() throws InterruptedException {
        String subject = newKey("told");
        try (Receiver receiver = Receiver.answering(200)) {
            JsonPath webhook = create(receiver.url("/hook"), "");
            open(AlertKind.TRUST_INVALID, subject);

            Receiver.Message message = receiver.next(subject);
            JsonPath body = JsonPath.from(message.body());
            assertThat(body.getString("type")).isEqualTo("alert.opened");
            assertThat(body.getString("data.kind")).isEqualTo("trustInvalid");
            assertThat(body.getDouble("data.evidence.share")).isEqualTo(0.5);
            assertThat(message.header("webhook-signature"))
                    .isEqualTo(Signature.of(
                            webhook.getString("secret"),
                            message.header("webhook-id"),
                            Instant.ofEpochSecond(Long.parseLong(message.header("webhook-timestamp"))),
                            message.body()));

            String id = "items.find { it.id == '" + message.header("webhook-id") + "' }";
            JsonPath delivery =
                    deliveries(webhook.getString("id"), found -> "delivered".equals(found.getString(id + ".state")));
            assertThat(delivery.getInt(id + ".attempts")).isEqualTo(1);
            assertThat(delivery.getInt(id + ".lastStatus")).isEqualTo(200);
            assertThat(delivery.getString(id + ".finishedAt")).isNotNull();
            assertThat(delivery.getString(id + ".nextAttemptAt")).isNull();
            delete(webhook.getString("id"));
        }
    }

    @Test
    void onlyTheKindsThatAreWantedAreTold() throws InterruptedException {
        String subject = newKey("wanted");
        try (Receiver receiver = Receiver.answering(200)) {
            String id = create(receiver.url("/"), "\"loaderBehind\"").getString("id");
            open(AlertKind.TRUST_INVALID, subject);
            open(AlertKind.LOADER_BEHIND, subject);

            assertThat(receiver.next(subject).body()).contains("loaderBehind");
            assertThat(deliveries(id).getList("items")).hasSize(1);
            delete(id);
        }
    }

    @Test
    void whatIsNotTakenWaitsForItsNextAttempt() throws InterruptedException {
        String subject = newKey("refused");
        try (Receiver receiver = Receiver.answering(503)) {
            String id = create(receiver.url("/"), "").getString("id");
            open(AlertKind.TRUST_INVALID, subject);
            String first = receiver.next(subject).header("webhook-id");

            JsonPath waiting = deliveries(id, found -> found.get("items[0].lastStatus") != null);
            assertThat(waiting.getString("items[0].state")).isEqualTo("pending");
            assertThat(waiting.getInt("items[0].lastStatus")).isEqualTo(503);
            assertThat(waiting.getString("items[0].lastError")).isEqualTo("the receiver answered 503");
            assertThat(waiting.getString("items[0].nextAttemptAt")).isNotNull();

            assertThat(receiver.next(subject).header("webhook-id")).isEqualTo(first);
            delete(id);
        }
    }

    @Test
    void whoIsGoneIsNotAskedAgain() throws InterruptedException {
        String subject = newKey("gone");
        try (Receiver receiver = Receiver.answering(410)) {
            String id = create(receiver.url("/"), "").getString("id");
            open(AlertKind.TRUST_INVALID, subject);

            JsonPath given = deliveries(id, found -> "failed".equals(found.getString("items[0].state")));
            assertThat(given.getString("items[0].state")).isEqualTo("failed");
            assertThat(given.getInt("items[0].attempts")).isEqualTo(1);
            delete(id);
        }
    }

    @Test
    void theSecretIsShownOnceAndNeverAgain() {
        JsonPath created = create("https://hooks.example.com/microlift", "");
        String id = created.getString("id");
        String secret = created.getString("secret");

        assertThat(secret).startsWith("whsec_").hasSizeGreaterThan(40);
        for (String path : List.of("", "/" + id, "/" + id + "/deliveries")) {
            asAdmin().get("/api/v1/webhooks" + path).then().statusCode(200).body(not(containsString("whsec_")));
        }
        delete(id);
        asAdmin().get("/api/v1/webhooks/" + id).then().statusCode(404);
        asAdmin().get("/api/v1/webhooks/" + id + "/deliveries").then().statusCode(404);
        asAdmin().delete("/api/v1/webhooks/" + id).then().statusCode(404);
    }

    @Test
    void everyFaultOfAWebhookIsNamed() {
        sending("{\"url\": \"ftp://example.com\", \"events\": [\"loaderBehind\", \"rain\"], \"secret\": \"x\"}")
                .post("/api/v1/webhooks")
                .then()
                .statusCode(400)
                .body("errors.pointer", equalTo(List.of("/url", "/events/1", "/secret")))
                .body("errors.code", equalTo(List.of("invalid-url", "unknown-value", "unknown-field")));
    }
}
