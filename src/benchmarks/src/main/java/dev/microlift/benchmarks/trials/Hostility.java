package dev.microlift.benchmarks.trials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Requests that nobody should send, one after the other in a seeded order. */
final class Hostility {

    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final int SILENT_CONNECTIONS = 8;

    private final Api api;
    private final Random random;
    private final List<Attack> attacks;
    private final @Nullable Connection[] silent = new @Nullable Connection[SILENT_CONNECTIONS];
    private long requests;
    private long faults;
    private long hangs;
    private @Nullable String worst;

    /** One of the requests. */
    private static final class Attack {

        private final String name;
        private final byte[] request;
        private final boolean isComplete;

        /** @param isComplete false for one whose end never comes: no answer is waited for */
        Attack(String name, byte[] request, boolean isComplete) {
            this.name = name;
            this.request = request;
            this.isComplete = isComplete;
        }
    }

    Hostility(Api api, Shop shop, long seed) {
        this.api = api;
        this.random = new Random(seed);
        this.attacks = List.of(
                plain("broken JSON", "{\"batch\":[{\"type\":\"track\","),
                plain("no JSON", "\0\0\0\0"),
                plain("deep JSON", "{\"batch\":" + "[".repeat(100_000)),
                plain("duplicate fields", "{\"batch\":[],\"batch\":[]}"),
                plain("wrong shapes", "{\"batch\":{\"type\":[]},\"sentAt\":{}}"),
                plain("large message", batch(message(shop, "large", "\"x\":\"" + "y".repeat(200_000) + "\""))),
                plain("too large", batch(message(shop, "huge", "\"x\":\"" + "y".repeat(2_000_000) + "\""))),
                plain("too many messages", batch((message(shop, "many", "\"x\":1") + ",").repeat(4_000) + "{}")),
                plain("not finite", batch(message(shop, "infinite", "\"x\":1e999"))),
                plain("odd ids", batch(message(shop, "\\u0000\\ud800", "\"x\":1"))),
                plain("long ids", batch(message(shop, "i".repeat(10_000), "\"x\":1"))),
                plain("placeholder ids", batch("{\"type\":\"track\",\"event\":\"e\",\"userId\":\"[object Object]\"}")),
                plain("large number", batch(message(shop, "digits", "\"x\":" + "9".repeat(20_000)))),
                compressed("bomb", new byte[64 << 20]),
                compressed(
                        "bomb of messages",
                        batch((message(shop, "bomb", "\"x\":1") + ",").repeat(200_000))
                                .getBytes(UTF_8)),
                new Attack(
                        "broken compression", request("Content-Encoding: gzip\r\n", "no gzip".getBytes(UTF_8)), true),
                new Attack("half a request", half(), false));
    }

    private static String batch(String messages) {
        return "{\"batch\":[" + messages + "]}";
    }

    private static String message(Shop shop, String id, String property) {
        return "{\"type\":\"track\",\"event\":\"Hostile\",\"userId\":\"h\",\"messageId\":\"h" + shop.tag() + id
                + "\",\"properties\":{" + property + "}}";
    }

    private Attack plain(String name, String body) {
        return new Attack(name, request("", body.getBytes(UTF_8)), true);
    }

    private Attack compressed(String name, byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new Attack(name, request("Content-Encoding: gzip\r\n", bytes.toByteArray()), true);
    }

    private byte[] half() {
        byte[] whole = request("", new byte[100_000]);
        return Arrays.copyOf(whole, whole.length / 2);
    }

    private byte[] request(String header, byte[] body) {
        byte[] head = ("POST /v1/batch HTTP/1.1\r\nHost: " + api.address().getAuthority() + "\r\nAuthorization: Bearer "
                        + api.key() + "\r\nContent-Type: application/json\r\n" + header + "Content-Length: "
                        + body.length
                        + "\r\n\r\n")
                .getBytes(UTF_8);
        byte[] request = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    /** Attacks for so long. */
    Hostility during(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Attack attack = attacks.get(random.nextInt(attacks.size()));
            requests++;
            if (attack.isComplete) {
                ask(attack);
            } else {
                leaveSilent(attack);
            }
        }
        for (Connection connection : silent) {
            if (connection != null) {
                connection.close();
            }
        }
        return this;
    }

    private void ask(Attack attack) {
        try (Connection connection = new Connection(api.address(), PATIENCE)) {
            Answer answer = connection.send(attack.request);
            if (answer.status() >= 500 && answer.status() != 503) {
                faults++;
                worst = attack.name + " is answered with " + answer.status() + ": " + answer.body();
            }
        } catch (SocketTimeoutException late) {
            hangs++;
            worst = attack.name + " is not answered";
        } catch (IOException cut) {
            // a server may cut off who misbehaves
        }
    }

    /** Keeps a few connections on which the rest of a request never comes. */
    private void leaveSilent(Attack attack) {
        int place = random.nextInt(SILENT_CONNECTIONS);
        Connection before = silent[place];
        if (before != null) {
            before.close();
        }
        silent[place] = null;
        try {
            Connection connection = new Connection(api.address(), PATIENCE);
            silent[place] = connection;
            connection.write(attack.request);
        } catch (IOException cut) {
            // nor does it have to wait for it
        }
    }

    long requests() {
        return requests;
    }

    /** Answers that say that the server itself went wrong. */
    long faults() {
        return faults;
    }

    long hangs() {
        return hangs;
    }

    /** An example of what went wrong. */
    Optional<String> worst() {
        return Optional.ofNullable(worst);
    }
}
