package dev.microlift.server.eventstore;

import static dev.microlift.server.eventlog.SampleMessages.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microlift.server.eventlog.Receipt;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class AppendQueueTest {

    private static final Duration AT_ONCE = Duration.ZERO;

    private static void assertRefused(CompletionStage<List<Receipt>> stage, ErrorCode code) {
        assertThatThrownBy(() -> stage.toCompletableFuture().join())
                .cause()
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.code()).isEqualTo(code);
                    assertThat(problem.retryAfter()).isPresent();
                });
    }

    @Test
    void moreMessagesThanTheBoundAreRefusedUntilWhatWaitedIsWritten() throws InterruptedException {
        AppendQueue queue = new AppendQueue(2, 1 << 20);
        queue.offer(List.of(track("a"), track("b")));

        assertRefused(queue.offer(List.of(track("c"))), ErrorCode.TOO_MANY_REQUESTS);
        List<AppendQueue.Entry> taken = queue.take(10, AT_ONCE);
        assertRefused(queue.offer(List.of(track("c"))), ErrorCode.TOO_MANY_REQUESTS);
        queue.release(taken);

        assertThat(queue.offer(List.of(track("c"))).toCompletableFuture()).isNotCompletedExceptionally();
        assertThat(queue.depth()).isEqualTo(1);
    }

    @Test
    void moreBytesThanTheBoundAreRefused() {
        AppendQueue queue = new AppendQueue(100, 500);
        queue.offer(List.of(track("a")));

        assertRefused(queue.offer(List.of(track("b"))), ErrorCode.TOO_MANY_REQUESTS);
    }

    @Test
    void aGroupEndsBeforeItsBoundButIsNeverEmpty() throws InterruptedException {
        AppendQueue queue = new AppendQueue(100, 1 << 20);
        queue.offer(List.of(track("a"), track("b"), track("c")));
        queue.offer(List.of(track("d")));
        queue.offer(List.of(track("e")));

        assertThat(queue.take(2, AT_ONCE)).hasSize(1);
        assertThat(queue.take(2, AT_ONCE)).hasSize(2);
        assertThat(queue.take(2, AT_ONCE)).isEmpty();
    }

    @Test
    void aClosedQueueTakesNothingInButGivesOutWhatWaits() throws InterruptedException {
        AppendQueue queue = new AppendQueue(100, 1 << 20);
        queue.offer(List.of(track("a")));
        queue.close();

        assertRefused(queue.offer(List.of(track("b"))), ErrorCode.UNAVAILABLE);
        assertThat(queue.isDrained()).isFalse();
        assertThat(queue.take(10, AT_ONCE)).hasSize(1);
        assertThat(queue.isDrained()).isTrue();
    }
}
