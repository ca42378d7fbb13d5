package dev.microlift.server.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AppendQueueTest {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final long MANY = 1 << 20;

    private static EncodedMessages messages(String... ids) {
        return EncodedMessages.of(Stream.of(ids).map(SampleMessages::track).toList());
    }

    private static void assertRefused(CompletionStage<List<Receipt>> stage, ErrorCode code) {
        assertThatThrownBy(() -> stage.toCompletableFuture()
                        .orTimeout(60, TimeUnit.SECONDS)
                        .join())
                .cause()
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.code()).isEqualTo(code);
                    assertThat(problem.retryAfter()).isPresent();
                });
    }

    @Test
    void moreMessagesThanTheBoundAreRefusedUntilWhatWaitedIsWritten() throws InterruptedException {
        AppendQueue queue = new AppendQueue(2, 1 << 20);
        queue.offer(messages("a", "b"));

        assertRefused(queue.offer(messages("c")), ErrorCode.TOO_MANY_REQUESTS);
        List<AppendQueue.Entry> taken = queue.take(10, MANY, AT_ONCE);
        assertRefused(queue.offer(messages("c")), ErrorCode.TOO_MANY_REQUESTS);
        queue.release(taken);

        assertThat(queue.offer(messages("c")).toCompletableFuture()).isNotCompletedExceptionally();
        assertThat(queue.depth()).isEqualTo(1);
    }

    @Test
    void whoWaitsForRoomHearsAfterAMomentThatThereIsNone() throws InterruptedException {
        AppendQueue queue = new AppendQueue(2, 1 << 20);
        queue.offer(messages("a"));

        assertThat(queue.awaitRoom(1, Duration.ofMillis(1))).isEmpty();
        assertThat(queue.awaitRoom(2, Duration.ofMillis(1)))
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS));
    }

    @Test
    void whoWaitsForRoomHearsOfItWhenItIsMade() throws Exception {
        AppendQueue queue = new AppendQueue(2, 1 << 20);
        queue.offer(messages("a", "b"));
        CompletableFuture<Optional<ProblemException>> waiting =
                CompletableFuture.supplyAsync(() -> awaitRoom(queue), work -> new Thread(work).start());

        queue.release(queue.take(10, MANY, AT_ONCE));

        assertThat(waiting.get(60, TimeUnit.SECONDS)).isEmpty();
    }

    private static Optional<ProblemException> awaitRoom(AppendQueue queue) {
        try {
            return queue.awaitRoom(1, Duration.ofHours(1));
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void moreBytesThanTheBoundAreRefused() {
        AppendQueue queue = new AppendQueue(100, messages("a").size());
        queue.offer(messages("a"));

        assertRefused(queue.offer(messages("b")), ErrorCode.TOO_MANY_REQUESTS);
    }

    @Test
    void aGroupEndsBeforeItsBoundButIsNeverEmpty() throws InterruptedException {
        AppendQueue queue = new AppendQueue(100, 1 << 20);
        queue.offer(messages("a", "b", "c"));
        queue.offer(messages("d"));
        queue.offer(messages("e"));

        assertThat(queue.take(2, MANY, AT_ONCE)).hasSize(1);
        assertThat(queue.take(2, MANY, AT_ONCE)).hasSize(2);
        assertThat(queue.take(2, MANY, AT_ONCE)).isEmpty();
    }

    @Test
    void aGroupEndsBeforeItIsTooLarge() throws InterruptedException {
        AppendQueue queue = new AppendQueue(100, 1 << 20);
        queue.offer(messages("a"));
        queue.offer(messages("b"));

        assertThat(queue.take(10, messages("a").size(), AT_ONCE)).hasSize(1);
    }

    @Test
    void aClosedQueueTakesNothingInButGivesOutWhatWaits() throws InterruptedException {
        AppendQueue queue = new AppendQueue(100, 1 << 20);
        queue.offer(messages("a"));
        queue.close();

        assertRefused(queue.offer(messages("b")), ErrorCode.UNAVAILABLE);
        assertThat(queue.isDrained()).isFalse();
        assertThat(queue.take(10, MANY, AT_ONCE)).hasSize(1);
        assertThat(queue.isDrained()).isTrue();
    }
}
