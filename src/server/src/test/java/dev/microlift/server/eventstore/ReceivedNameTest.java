package dev.microlift.server.eventstore;

import static dev.microlift.server.eventlog.MessageBuilder.message;
import static dev.microlift.server.eventlog.SampleMessages.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.SettableClock;
import dev.microlift.server.document.Page;
import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.MemoryEventLog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceivedNameTest {

    @TempDir
    Path directory;

    private final MemoryEventLog log = new MemoryEventLog();
    private DuckDbEventStore store;
    private int messages;

    @BeforeEach
    void open() {
        store = StoreForTests.open(directory, log, new SettableClock(NOON));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void receive(Kind kind, String name, Instant time, String properties) {
        log.append(message("m" + messages++)
                .kind(kind)
                .event(name)
                .user("u1")
                .time(time)
                .properties(properties)
                .build());
    }

    private List<ReceivedName> names() {
        return store.read(connection -> ReceivedName.list(connection, new Page.Request(1000, "")))
                .items();
    }

    private static ReceivedName.Property property(String name, long count) {
        return new ReceivedName.Property(name, count);
    }

    @Test
    void everyNameIsListedWithItsTimesAndItsPropertiesByFrequency() {
        receive(Kind.TRACK, "Order Completed", NOON, "{\"revenue\": 5, \"coupon\": {\"code\": \"x\"}}");
        receive(Kind.TRACK, "Order Completed", NOON.minusSeconds(60), "{\"revenue\": null, \"\": 1}");
        names();
        receive(Kind.TRACK, "Order Completed", NOON.minusSeconds(30), "{\"revenue\": [1], \"a\\\"b🎉\": 1}");
        receive(Kind.PAGE, "Order Completed", NOON, "{}");
        receive(Kind.IDENTIFY, "identify", NOON, "{\"email\": \"x\"}");

        assertThat(names())
                .containsExactly(
                        new ReceivedName("Order Completed", "page", 1, NOON, NOON, List.of()),
                        new ReceivedName(
                                "Order Completed",
                                "track",
                                3,
                                NOON.minusSeconds(60),
                                NOON,
                                List.of(
                                        property("revenue", 3),
                                        property("", 1),
                                        property("a\"b🎉", 1),
                                        property("coupon", 1))),
                        new ReceivedName("identify", "identify", 1, NOON, NOON, List.of(property("email", 1))));
    }

    @Test
    void onlyTheHundredMostFrequentPropertiesAreTold() {
        receive(
                Kind.TRACK,
                "Wide",
                NOON,
                IntStream.range(0, 150)
                        .mapToObj(i -> "\"p%03d\": 1".formatted(i))
                        .collect(Collectors.joining(",", "{", "}")));
        receive(Kind.TRACK, "Wide", NOON, "{\"p149\": 1}");

        assertThat(names().get(0).properties()).hasSize(100).startsWith(property("p149", 2), property("p000", 1));
    }

    @Test
    void addingUpTheCountsChangesNone() {
        for (int i = 0; i < 20; i++) {
            receive(Kind.TRACK, "Order Completed", NOON.plusSeconds(i), "{\"revenue\": 1}");
            names();
        }
        List<ReceivedName> before = names();

        store.read(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute(StoreSql.file("compact_names.sql"));
            }
            assertThat(Questions.rows(connection, "select count(*) from event_names"))
                    .containsExactly("2");
            assertThat(ReceivedName.list(connection, new Page.Request(10, "")).items())
                    .isEqualTo(before);
            return before;
        });
    }
}
