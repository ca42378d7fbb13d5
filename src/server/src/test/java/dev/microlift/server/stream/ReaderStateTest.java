package dev.microlift.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.configuration.ConfigurationChanged;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReaderStateTest {

    private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");
    private static final ConfigurationChanged OLD = new ConfigurationChanged(7, NOW.minus(Duration.ofHours(1)));
    private static final ConfigurationChanged NEXT = new ConfigurationChanged(8, NOW);

    @Test
    void aReaderHearsOfEveryVersionOnce() {
        ReaderState state = ReaderState.at(OLD, null, NOW);

        assertThat(state.next(OLD)).isEqualTo(new Signal.Alive());
        assertThat(state.next(NEXT)).isEqualTo(new Signal.Changed(8, NOW));
        assertThat(state.next(NEXT)).isEqualTo(new Signal.Alive());
    }

    @Test
    void whoEvaluatedJustBeforeAChangeIsToldOfItOnConnecting() {
        assertThat(ReaderState.at(NEXT, null, NOW.plusSeconds(30)).next(NEXT)).isInstanceOf(Signal.Changed.class);
        assertThat(ReaderState.at(NEXT, null, NOW.plusSeconds(90)).next(NEXT)).isEqualTo(new Signal.Alive());
    }

    @Test
    void whoConnectsAgainIsToldWhatHappenedMeanwhile() {
        assertThat(ReaderState.at(OLD, "7", NOW).next(OLD)).isEqualTo(new Signal.Alive());
        assertThat(ReaderState.at(OLD, "6", NOW).next(OLD)).isInstanceOf(Signal.Changed.class);
        assertThat(ReaderState.at(OLD, "anything", NOW).next(OLD)).isInstanceOf(Signal.Changed.class);
    }

    @Test
    void aVersionThatCameLateIsNoNews() {
        ReaderState state = ReaderState.at(NEXT, "8", NOW);

        assertThat(state.next(OLD)).isEqualTo(new Signal.Alive());
    }
}
