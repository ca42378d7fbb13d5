package dev.microlift.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.microlift.server.SettableClock;
import dev.microlift.server.eventlog.MemoryEventLog;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventlog.Receipt;
import dev.microlift.server.eventstore.DuckDbEventStore;
import dev.microlift.server.eventstore.Questions;
import dev.microlift.server.eventstore.StoreForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A property of storing: whatever order messages come in, and however often, the same rows result. */
class ArrivalOrderTest {

    private static final String ROWS = "select columns(* exclude (position, received_ms)) from events order by all";
    private static final String LINKS = "select * from links order by all";

    @TempDir
    Path directory;

    private final StrictJson json = new StrictJson();
    private final MessageReader reader = new MessageReader(json);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyOrderAndRepetitionLeavesTheSameRows(long seed) throws Exception {
        Random random = new Random(seed);
        List<String> messages = messages(random);
        List<String> expected = stored("once", List.of(messages));

        List<String> repeated = new ArrayList<>(messages);
        for (int i = 0; i < 100; i++) {
            repeated.add(messages.get(random.nextInt(messages.size())));
        }
        Collections.shuffle(repeated, random);

        assertThat(stored("shuffled", batches(repeated, random))).isEqualTo(expected);
        assertThat(expected).hasSizeGreaterThan(100);
    }

    private static List<String> messages(Random random) {
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String body = switch (random.nextInt(4)) {
                case 0 -> "\"type\": \"track\", \"event\": \"Product Viewed\", \"properties\": {\"price\": " + i + "}";
                case 1 ->
                    "\"type\": \"track\", \"event\": \"Experiment Viewed\", \"properties\":"
                            + " {\"experiment_id\": \"e\", \"variation_id\": \"v" + random.nextInt(2) + "\"}";
                case 2 -> "\"type\": \"page\", \"context\": {\"page\": {\"path\": \"/" + i + "\"}}";
                default -> "\"type\": \"identify\", \"anonymousId\": \"a" + random.nextInt(5) + "\"";
            };
            messages.add("{" + body + ", \"messageId\": \"m" + i + "\", \"userId\": \"u" + random.nextInt(9)
                    + "\", \"timestamp\": \"2026-05-" + (10 + random.nextInt(10)) + "T12:00:00Z\"}");
        }
        return messages;
    }

    private static List<List<String>> batches(List<String> messages, Random random) {
        List<List<String>> batches = new ArrayList<>();
        for (int from = 0; from < messages.size(); ) {
            int to = Math.min(messages.size(), from + 1 + random.nextInt(20));
            batches.add(messages.subList(from, to));
            from = to;
        }
        return batches;
    }

    private List<String> stored(String name, List<List<String>> batches) throws IOException, Rejected {
        SettableClock clock = new SettableClock(Instant.parse("2026-05-20T12:00:00Z"));
        Path place = Files.createDirectory(directory.resolve(name));
        MemoryEventLog log = new MemoryEventLog();
        try (DuckDbEventStore store = StoreForTests.open(place, log, clock)) {
            for (List<String> batch : batches) {
                List<Message> parsed = new ArrayList<>();
                for (String text : batch) {
                    parsed.add(read(text, clock.instant()));
                }
                List<Receipt> receipts = log.append(parsed)
                        .toCompletableFuture()
                        .orTimeout(60, TimeUnit.SECONDS)
                        .join();
                assertThat(receipts).hasSameSizeAs(batch);
                // Some messages are repeated on the next day, none so late that it would be forgotten or late.
                clock.advance(Duration.ofMinutes(30));
            }
            List<String> rows = new ArrayList<>(Questions.ask(store, ROWS));
            rows.addAll(Questions.ask(store, LINKS));
            return rows;
        }
    }

    private Message read(String text, Instant receivedAt) throws IOException, Rejected {
        byte[] bytes = text.getBytes(UTF_8);
        try (JsonParser parser = json.parser(bytes, bytes.length)) {
            parser.nextToken();
            return reader.read(
                    new RawMessage(json.tree(parser), 0, bytes.length),
                    new MessageReader.Defaults(null, null, JsonNodeFactory.instance.objectNode(), receivedAt, true));
        }
    }
}
