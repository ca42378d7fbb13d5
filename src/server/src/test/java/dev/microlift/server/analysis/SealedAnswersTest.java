package dev.microlift.server.analysis;

import static dev.microlift.server.analysis.Events.event;
import static dev.microlift.server.analysis.Events.exposure;
import static dev.microlift.server.eventlog.MessageBuilder.like;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.SettableClock;
import dev.microlift.server.eventlog.MemoryEventLog;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventstore.EventStore;
import dev.microlift.server.eventstore.StoreForTests;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message whose id was forgotten may be stored twice, until the day of its repetition is sealed. */
class SealedAnswersTest {

    private static final Duration WEEK_AND_DAY = Duration.ofDays(8);
    private static final Message BUY = event("m", "u", "Buy", 10, "{\"revenue\": 5}");
    private static final Message REPEATED =
            like(BUY).receivedAt(BUY.receivedAt().plus(WEEK_AND_DAY)).build();
    private static final List<Message> MESSAGES = List.of(exposure("x", "u", "c", 0), BUY, REPEATED);

    @TempDir
    Path directory;

    private static Question question() {
        return new StoredEvents.Ask().question();
    }

    private static Analysis analysis(EventStore store, SettableClock clock) {
        return new Analysis(store, new SmallReports(), clock);
    }

    private static long sealed(EventStore store) {
        return store.read(connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("select count(*) from sealed_files")) {
                if (!row.next()) {
                    throw new SQLException("a count is one row");
                }
                return row.getLong(1);
            }
        });
    }

    private static void awaitSealed(EventStore store, long files) throws InterruptedException {
        Object lock = new Object();
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (sealed(store) < files && System.nanoTime() < deadline) {
            synchronized (lock) {
                lock.wait(50);
            }
        }
        assertThat(sealed(store)).isEqualTo(files);
    }

    @Test
    void onceSealedTheAnswerIsThatOfMessagesThatCameOnce() throws Exception {
        SettableClock clock = new SettableClock(REPEATED.receivedAt());
        MemoryEventLog once = new MemoryEventLog();
        MemoryEventLog twice = new MemoryEventLog(false);
        try (var clean = StoreForTests.open(directory.resolve("clean"), once, clock);
                var store = StoreForTests.open(directory.resolve("store"), twice, clock, Duration.ofMillis(50))) {
            once.append(MESSAGES);
            twice.append(MESSAGES);
            Analysis analysis = analysis(store, clock);
            assertThat(analysis.ask(question()).arms().get(0).steps().get(2).events())
                    .isEqualTo(2);

            clock.advance(WEEK_AND_DAY);
            awaitSealed(store, 2);

            assertThat(analysis.ask(question()))
                    .usingRecursiveComparison()
                    .ignoringFields("position")
                    .isEqualTo(analysis(clean, clock).ask(question()));
        }
    }
}
