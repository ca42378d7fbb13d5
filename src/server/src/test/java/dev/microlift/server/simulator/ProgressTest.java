package dev.microlift.server.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static Tally.Counts counts(long units, long accepted) {
        return new Tally.Counts(units, 0, 0, accepted, 0, Map.of());
    }

    @Test
    void theLineTellsUnitsSpeedAndWhatIsLeft() {
        assertThat(Progress.line(counts(5_000, 15_000), 20_000, Duration.ofSeconds(3)))
                .isEqualTo("5,000 of 20,000 units, 5,000 messages/s, 9 s left");
        assertThat(Progress.line(counts(5_000, 15_000), 20_000, Duration.ofSeconds(30)))
                .isEqualTo("5,000 of 20,000 units, 500 messages/s, 1 min 30 s left");
    }

    @Test
    void beforeTheFirstUnitNothingIsForetold() {
        assertThat(Progress.line(counts(0, 0), 20_000, Duration.ZERO))
                .isEqualTo("0 of 20,000 units, 0 messages/s, ? left");
    }
}
