package dev.microlift.server.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final RetryPolicy POLICY = new RetryPolicy(9, Duration.ofMillis(200), Duration.ofSeconds(10));

    @Test
    void pausesDoubleUpToTheLongest() {
        assertThat(POLICY.pause(1, Optional.empty(), 1)).isEqualTo(Duration.ofMillis(200));
        assertThat(POLICY.pause(2, Optional.empty(), 1)).isEqualTo(Duration.ofMillis(400));
        assertThat(POLICY.pause(4, Optional.empty(), 1)).isEqualTo(Duration.ofMillis(1600));
        assertThat(POLICY.pause(50, Optional.empty(), 1)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void jitterTakesUpToHalfOfThePause() {
        assertThat(POLICY.pause(2, Optional.empty(), 0)).isEqualTo(Duration.ofMillis(200));
        assertThat(POLICY.pause(2, Optional.empty(), 0.5)).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void whatTheServerAsksForIsNeverUndercutExceptByTheLongest() {
        assertThat(POLICY.pause(1, Optional.of(Duration.ofSeconds(3)), 0)).isEqualTo(Duration.ofSeconds(3));
        assertThat(POLICY.pause(7, Optional.of(Duration.ofSeconds(3)), 0.5)).isEqualTo(Duration.ofMillis(3100));
        assertThat(POLICY.pause(1, Optional.of(Duration.ofHours(9)), 0)).isEqualTo(Duration.ofSeconds(10));
    }
}
