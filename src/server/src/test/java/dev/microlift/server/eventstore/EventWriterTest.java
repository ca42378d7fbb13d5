package dev.microlift.server.eventstore;

import static dev.microlift.server.eventlog.SampleMessages.NOON;
import static dev.microlift.server.eventlog.SampleMessages.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microlift.server.SettableClock;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventlog.Receipt;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventWriterTest {

    private final FlakyTable table = new FlakyTable();
    private final AppendQueue queue = new AppendQueue(100, 1 << 20);
    private EventWriter writer;
    private Thread thread;

    @BeforeEach
    void start() throws SQLException {
        writer = new EventWriter(table, queue, new SettableClock(NOON));
        thread = new Thread(writer);
        thread.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        queue.close();
        thread.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(thread.isAlive()).isFalse();
    }

    private static List<Receipt> outcome(CompletionStage<List<Receipt>> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private void assertRefused(CompletionStage<List<Receipt>> stage) {
        assertThatThrownBy(() -> outcome(stage))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                    assertThat(problem.retryAfter()).isPresent();
                });
    }

    @Test
    void aFailedWriteAcknowledgesNothingAndItsIdsAreNotTakenForDuplicates() {
        table.failing = true;
        assertRefused(queue.offer(List.of(track("a"), track("b"))));

        table.failing = false;

        assertThat(outcome(queue.offer(List.of(track("a"), track("b")))))
                .containsExactly(Receipt.STORED, Receipt.STORED);
        assertThat(table.stored).containsExactly("1:a", "2:b");
    }

    @Test
    void theWriterFindsOutByItselfThatWritingWorksAgain() {
        table.failing = true;
        assertRefused(queue.offer(List.of(track("a"))));
        assertThat(writer.state()).isEqualTo(EventWriter.State.FAILING);

        table.failing = false;

        table.proven.orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(outcome(queue.offer(List.of(track("b"))))).containsExactly(Receipt.STORED);
        assertThat(writer.state()).isEqualTo(EventWriter.State.WRITING);
    }

    @Test
    void afterAFailureThatLeftSomethingBehindNothingIsAcknowledgedAnyMore() {
        table.failing = true;
        table.leavesRowsBehind = true;
        assertRefused(queue.offer(List.of(track("a"))));

        table.failing = false;

        assertRefused(queue.offer(List.of(track("b"))));
        assertThat(writer.state()).isEqualTo(EventWriter.State.BROKEN);
    }

    @Test
    void afterAFailureThatMadeTheTableUnreadableNothingIsAcknowledgedAnyMore() {
        table.failing = true;
        table.unreadable = true;
        assertRefused(queue.offer(List.of(track("a"))));

        table.failing = false;
        table.unreadable = false;

        assertRefused(queue.offer(List.of(track("b"))));
        assertThat(writer.state()).isEqualTo(EventWriter.State.BROKEN);
    }

    /** A table in memory that fails when told to. */
    private static final class FlakyTable implements EventTable {

        final List<String> stored = new ArrayList<>();
        final CompletableFuture<Instant> proven = new CompletableFuture<>();
        volatile boolean failing;
        volatile boolean leavesRowsBehind;
        volatile boolean unreadable;

        @Override
        public long lastPosition() throws SQLException {
            if (unreadable) {
                throw new SQLException("planted");
            }
            return stored.size();
        }

        @Override
        public void append(long firstPosition, List<Message> messages) throws SQLException {
            if (failing) {
                if (leavesRowsBehind) {
                    stored.add("left behind");
                }
                throw new SQLException("planted");
            }
            long position = firstPosition;
            for (Message message : messages) {
                stored.add(position++ + ":" + message.messageId());
            }
        }

        @Override
        public void eachReceivedSince(Instant since, IdReader reader) {
            assertThat(stored).isEmpty();
        }

        @Override
        public void proveWritable(Instant now) throws SQLException {
            if (failing) {
                throw new SQLException("planted");
            }
            proven.complete(now);
        }
    }
}
