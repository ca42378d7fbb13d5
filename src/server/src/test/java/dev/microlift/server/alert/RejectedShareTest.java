package dev.microlift.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.ingest.IngestCounts;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RejectedShareTest {

    private static final Instant START = Instant.parse("2026-05-20T12:00:00Z");

    private final RejectedShare share = new RejectedShare(Duration.ofMinutes(5), 0.05);

    private boolean isTooHigh(int minute, long accepted, long rejected) {
        return share.look(START.plus(Duration.ofMinutes(minute)), new IngestCounts(accepted, rejected))
                .isPresent();
    }

    @Test
    void whatWasRejectedBeforeTheFirstLookIsNotJudged() {
        assertThat(isTooHigh(0, 0, 1_000)).isFalse();
    }

    @Test
    void onlyAShareAboveTheLimitIsTold() {
        isTooHigh(0, 0, 0);

        assertThat(isTooHigh(1, 950, 50)).isFalse();
        assertThat(isTooHigh(2, 950, 51)).isTrue();
    }

    @Test
    void aFewMessagesSayNothing() {
        isTooHigh(0, 0, 0);

        assertThat(isTooHigh(1, 0, 99)).isFalse();
        assertThat(isTooHigh(2, 0, 100)).isTrue();
    }

    @Test
    void whatIsOlderThanTheWindowIsForgotten() {
        isTooHigh(0, 0, 0);
        assertThat(isTooHigh(1, 500, 500)).isTrue();
        assertThat(isTooHigh(5, 1_000, 500)).isTrue();

        assertThat(isTooHigh(6, 1_100, 500)).isFalse();
    }

    @Test
    void theEvidenceIsOfTheWindow() {
        isTooHigh(0, 100, 10);

        assertThat(share.look(START.plusSeconds(60), new IngestCounts(190, 20)))
                .hasValue(new RejectedShare.Evidence(90, 10, 0.1, 0.05, Duration.ofMinutes(5)));
    }
}
