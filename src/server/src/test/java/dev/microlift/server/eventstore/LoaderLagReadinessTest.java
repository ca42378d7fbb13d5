package dev.microlift.server.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.eventlog.SmallLog;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class LoaderLagReadinessTest {

    /** A store that is behind, and answers nothing. */
    private record Behind(LoaderLag lag) implements EventStore {

        @Override
        public <T> T read(Reader<T> reader) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T derive(Reader<T> reader) {
            throw new UnsupportedOperationException();
        }
    }

    private static Status behind(long messages) {
        return new LoaderLagReadiness(
                        new Behind(new LoaderLag(messages, Duration.ofMinutes(1))), new SmallLog(1 << 16, 1_000))
                .call()
                .getStatus();
    }

    @Test
    void theServerIsReadyUntilMessagesAreRefused() {
        assertThat(behind(0)).isEqualTo(Status.UP);
        assertThat(behind(1_000)).isEqualTo(Status.UP);
        assertThat(behind(1_001)).isEqualTo(Status.DOWN);
    }
}
