package dev.microlift.benchmarks.trials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** How many of a shop's messages the server's store has, asked over the same interface that everybody uses. */
final class StoredMessages {

    private static final String NAMES = "/api/v1/events/names?limit=100";
    private static final String EXPOSURES = "/api/v1/exposures?limit=100";
    private static final int NOT_FOUND = 404;
    private static final Duration POLL = Duration.ofMillis(200);

    private final Api api;
    private final Shop shop;

    StoredMessages(Api api, Shop shop) {
        this.api = api;
        this.shop = shop;
    }

    /**
     * All messages of the shop: its named events and its exposures. A server without the list of event names is asked for
     * exposures alone, of which every batch has one.
     */
    long count() throws IOException, InterruptedException {
        long exposures = sum(EXPOSURES, "\"experiment\":\"" + shop.tag() + "\"", "exposures")
                .orElse(0);
        OptionalLong named = sum(NAMES, " " + shop.tag() + "\"", "count");
        return named.isPresent() ? named.getAsLong() + exposures : exposures * ShopBatch.MESSAGES;
    }

    /**
     * Waits until the store has as many as expected, or until it has not moved for a while.
     *
     * @return how many it has
     */
    long await(long expected, Duration patience) throws IOException, InterruptedException {
        long count = count();
        long moved = System.nanoTime();
        while (count != expected && System.nanoTime() - moved < patience.toNanos()) {
            Thread.sleep(POLL.toMillis());
            long now = count();
            if (now != count) {
                count = now;
                moved = System.nanoTime();
            }
        }
        return count;
    }

    /** Adds up a field of every listed item that a text begins; empty if the server has no such list. */
    private OptionalLong sum(String path, String beginning, String field) throws IOException, InterruptedException {
        long sum = 0;
        Optional<String> cursor = Optional.of("");
        while (cursor.isPresent()) {
            HttpResponse<String> answer =
                    api.get(cursor.get().isEmpty() ? path : path + "&cursor=" + URLEncoder.encode(cursor.get(), UTF_8));
            if (answer.statusCode() == NOT_FOUND) {
                return OptionalLong.empty();
            }
            if (answer.statusCode() != 200) {
                throw new IOException(path + " answers " + answer.statusCode());
            }
            sum += JsonText.sumAfter(answer.body(), beginning, field);
            cursor = JsonText.text(answer.body(), "nextCursor");
        }
        return OptionalLong.of(sum);
    }
}
