package dev.microlift.server.ingest;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a message happened, by this server's clock.
 *
 * @param late older than {@link #LATE_AFTER} when it came in
 * @param clamped so far ahead that the time of receipt stands in for it
 */
record Moment(Instant time, boolean late, boolean clamped) {

    static final Duration LATE_AFTER = Duration.ofDays(7);
    static final Duration AHEAD_AT_MOST = Duration.ofHours(24);

    /**
     * Corrects a device's clock: it was wrong when it sent, by {@code receivedAt - sentAt}, and as wrong before.
     *
     * @param timestamp what the device says, if anything
     * @param sentAt when it says it sent, if it does
     */
    static Moment of(@Nullable Instant timestamp, @Nullable Instant sentAt, Instant receivedAt) {
        Instant time = timestamp == null ? receivedAt : timestamp;
        if (timestamp != null && sentAt != null) {
            time = timestamp.plus(Duration.between(sentAt, receivedAt));
        }
        // What both times say together can be no year that a text could have named.
        Instant possible = time.isBefore(TimeText.FIRST) ? TimeText.FIRST : time;
        return notAhead(possible, possible.isBefore(receivedAt.minus(LATE_AFTER)), receivedAt);
    }

    /**
     * Takes history as it is: when a message was sent says something of the clock only to whom it was sent to, and nothing
     * is late.
     *
     * @param timestamp what the message says, if anything
     */
    static Moment ofHistory(@Nullable Instant timestamp, Instant receivedAt) {
        return notAhead(timestamp == null ? receivedAt : timestamp, false, receivedAt);
    }

    private static Moment notAhead(Instant time, boolean late, Instant receivedAt) {
        return time.isAfter(receivedAt.plus(AHEAD_AT_MOST))
                ? new Moment(receivedAt, false, true)
                : new Moment(time, late, false);
    }
}
