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

        assertThat(Moment.of(happened, sent, RECEIVED)).isEqualTo(new Moment(RECEIVED.minusSeconds(90), false, false));
    }

    @Test
    void withoutATimeOfSendingTheTimestampIsTaken() {
        Instant happened = RECEIVED.minusSeconds(90);

        assertThat(Moment.of(happened, null, RECEIVED)).isEqualTo(new Moment(happened, false, false));
    }

    @Test
    void withoutATimestampTheTimeOfReceiptIsTakenWhateverTheDeviceSent() {
        assertThat(Moment.of(null, RECEIVED.minusSeconds(500), RECEIVED)).isEqualTo(new Moment(RECEIVED, false, false));
    }

    @Test
    void moreThanADayAheadIsClampedToTheReceiptAndAWholeDayIsNot() {
        Instant dayAhead = RECEIVED.plus(Duration.ofHours(24));

        assertThat(Moment.of(dayAhead, null, RECEIVED)).isEqualTo(new Moment(dayAhead, false, false));
        assertThat(Moment.of(dayAhead.plusMillis(1), null, RECEIVED)).isEqualTo(new Moment(RECEIVED, false, true));
    }

    @Test
    void moreThanSevenDaysOldIsLateAndSevenDaysAreNot() {
        Instant weekAgo = RECEIVED.minus(Duration.ofDays(7));

        assertThat(Moment.of(weekAgo, null, RECEIVED).late()).isFalse();
        assertThat(Moment.of(weekAgo.minusMillis(1), null, RECEIVED))
                .isEqualTo(new Moment(weekAgo.minusMillis(1), true, false));
    }

    @Test
    void historyIsNeverLate() {
        Instant longAgo = Instant.parse("1999-01-01T00:00:00Z");

        assertThat(Moment.ofHistory(longAgo, RECEIVED)).isEqualTo(new Moment(longAgo, false, false));
    }

    @Test
    void historyIsNotMovedAndNotOfTheFuture() {
        assertThat(Moment.ofHistory(null, RECEIVED)).isEqualTo(new Moment(RECEIVED, false, false));
        assertThat(Moment.ofHistory(RECEIVED.plus(Duration.ofDays(2)), RECEIVED))
                .isEqualTo(new Moment(RECEIVED, false, true));
    }

    @Test
    void aCorrectionLeadsToNoYearBeforeTheFirst() {
        Instant first = Instant.parse("0001-01-01T00:00:00Z");
        Instant last = Instant.parse("9999-12-31T00:00:00Z");

        assertThat(Moment.of(first, last, RECEIVED)).isEqualTo(new Moment(first, true, false));
    }
}
