package dev.microlift.server.alert.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetriesTest {

    @Test
    void pausesGrowAndTheAttemptsEndAfterADay() {
        Outcome failed = Outcome.answered(503);

        assertThat(Retries.next(1, failed)).hasValue(Duration.ofSeconds(10));
        assertThat(Retries.next(2, failed)).hasValue(Duration.ofSeconds(30));
        assertThat(Retries.next(Retries.ATTEMPTS, failed)).isEmpty();
        Duration all = IntStream.range(1, Retries.ATTEMPTS)
                .mapToObj(attempt -> Retries.next(attempt, failed).orElseThrow())
                .reduce(Duration.ZERO, Duration::plus);
        assertThat(all).isBetween(Duration.ofHours(24), Duration.ofHours(36));
    }

    @Test
    void whatIsDeliveredOrNotWantedIsNotSentAgain() {
        assertThat(Retries.next(1, Outcome.answered(204))).isEqualTo(Optional.empty());
        assertThat(Retries.next(1, Outcome.answered(410))).isEmpty();
        assertThat(Retries.next(1, Outcome.answered(302))).isPresent();
        assertThat(Retries.next(1, Outcome.failed("no answer"))).isPresent();
    }
}
