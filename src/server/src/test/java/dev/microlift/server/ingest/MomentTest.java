package dev.microlift.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MomentTest {

    private static final Instant RECEIVED = Instant.parse("2026-05-20T12:00:00Z");

    @Test
    void aClockThatIsWrongIsCorrectedByHowWrongItWasWhenItSent() {
        Instant sent = RECEIVED.plus(Duration.ofDays(400));
        Instant happened = sent.minusSeconds(90);

        assertThat(Moment.of(happened, sent, RECEIVED, false))
                .isEqualTo(new Moment(RECEIVED.minusSeconds(90), false, false));
    }

    @Test
    void withoutATimeOfSendingTheTimestampIsTaken() {
        Instant happened = RECEIVED.minusSeconds(90);

        assertThat(Moment.of(happened, null, RECEIVED, false)).isEqualTo(new Moment(happened, false, false));
    }

    @Test
    void withoutATimestampTheTimeOfReceiptIsTakenWhateverTheDeviceSent() {
        assertThat(Moment.of(null, RECEIVED.minusSeconds(500), RECEIVED, false))
                .isEqualTo(new Moment(RECEIVED, false, false));
    }

    @Test
    void moreThanADayAheadIsClampedToTheReceiptAndAWholeDayIsNot() {
        Instant dayAhead = RECEIVED.plus(Duration.ofHours(24));

        assertThat(Moment.of(dayAhead, null, RECEIVED, false)).isEqualTo(new Moment(dayAhead, false, false));
        assertThat(Moment.of(dayAhead.plusMillis(1), null, RECEIVED, false))
                .isEqualTo(new Moment(RECEIVED, false, true));
    }

    @Test
    void moreThanSevenDaysOldIsLateAndSevenDaysAreNot() {
        Instant weekAgo = RECEIVED.minus(Duration.ofDays(7));

        assertThat(Moment.of(weekAgo, null, RECEIVED, false).late()).isFalse();
        assertThat(Moment.of(weekAgo.minusMillis(1), null, RECEIVED, false))
                .isEqualTo(new Moment(weekAgo.minusMillis(1), true, false));
    }

    @Test
    void historyIsNeverLate() {
        Instant longAgo = Instant.parse("1999-01-01T00:00:00Z");

        assertThat(Moment.of(longAgo, null, RECEIVED, true)).isEqualTo(new Moment(longAgo, false, false));
    }
}
