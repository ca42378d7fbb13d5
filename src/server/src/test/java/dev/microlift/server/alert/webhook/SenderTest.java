package dev.microlift.server.alert.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.SettableClock;
import dev.microlift.server.alert.webhook.Deliveries.Due;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SenderTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Instant NOW = Instant.parse("2026-05-20T12:00:00.900Z");
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String BODY = "{\"type\":\"alert.opened\"}";

    @AfterAll
    static void stop() {
        VERTX.close();
    }

    private static Outcome send(String url, boolean allowPrivate, Duration timeout) {
        WebhookSettings settings = new WebhookSettings() {
            @Override
            public boolean allowPrivateAddresses() {
                return allowPrivate;
            }

            @Override
            public Duration timeout() {
                return timeout;
            }
        };
        Sender sender = new Sender(VERTX, settings, new SettableClock(NOW));
        try {
            return sender.send(new Due(1, url, SECRET, "msg_1", BODY, 1))
                    .orTimeout(2, TimeUnit.MINUTES)
                    .join();
        } finally {
            sender.close();
        }
    }

    private static Outcome send(String url) {
        return send(url, true, Duration.ofMinutes(1));
    }

    @Test
    void aMessageIsSignedAndNamesItsHost() throws InterruptedException {
        try (Receiver receiver = Receiver.answering(204)) {
            String url = receiver.url("/hooks?team=a%20b");

            assertThat(send(url)).isEqualTo(new Outcome(204, null));

            Receiver.Message message = receiver.next("alert.opened");
            assertThat(message.path()).isEqualTo("/hooks?team=a%20b");
            assertThat(message.body()).isEqualTo(BODY);
            assertThat(message.header("Host")).startsWith("localhost:");
            assertThat(message.header("Content-Type")).isEqualTo("application/json");
            assertThat(message.header("webhook-id")).isEqualTo("msg_1");
            assertThat(message.header("webhook-timestamp")).isEqualTo(Long.toString(NOW.getEpochSecond()));
            assertThat(message.header("webhook-signature")).isEqualTo(Signature.of(SECRET, "msg_1", NOW, BODY));
        }
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (Receiver target = Receiver.answering(204);
                Receiver receiver = Receiver.answering(exchange -> {
                    exchange.getResponseHeaders().add("Location", target.url("/secret"));
                    exchange.sendResponseHeaders(307, -1);
                })) {
            assertThat(send(receiver.url("/"))).isEqualTo(new Outcome(307, "the receiver answered 307"));
            assertThat(target.waiting()).isZero();
        }
    }

    @Test
    void anAnswerWithoutEndIsNotReadToItsEnd() {
        try (Receiver receiver = Receiver.answering(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] part = new byte[1 << 16];
            while (true) {
                exchange.getResponseBody().write(part); // until the other side has closed
            }
        })) {
            assertThat(send(receiver.url("/"))).isEqualTo(new Outcome(200, null));
        }
    }

    @Test
    void whoDoesNotAnswerIsLeft() {
        CountDownLatch left = new CountDownLatch(1);
        try (Receiver receiver = Receiver.answering(exchange -> await(left))) {
            assertThat(send(receiver.url("/"), true, Duration.ofMillis(500)))
                    .isEqualTo(Outcome.failed("the receiver did not answer in time"));
            left.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whereNobodyListensThereIsAnOutcomeToo() {
        String url;
        try (Receiver receiver = Receiver.answering(204)) {
            url = receiver.url("/");
        }
        assertThat(send(url)).isEqualTo(Outcome.failed("no connection, or it ended without an answer"));
    }

    @Test
    void thisMachineIsNotReachedUnlessThatIsAllowed() {
        try (Receiver receiver = Receiver.answering(204)) {
            assertThat(send(receiver.url("/"), false, Duration.ofMinutes(1)).error())
                    .isEqualTo("an https address is expected");
            assertThat(send(receiver.url("/").replace("http:", "https:"), false, Duration.ofMinutes(1))
                            .error())
                    .isEqualTo("the host is not on the public internet");
            assertThat(receiver.waiting()).isZero();
        }
    }
}
