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
     * @param anyAge history is never late
     */
    static Moment of(@Nullable Instant timestamp, @Nullable Instant sentAt, Instant receivedAt, boolean anyAge) {
        Instant time = timestamp == null ? receivedAt : timestamp;
        if (timestamp != null && sentAt != null) {
            time = timestamp.plus(Duration.between(sentAt, receivedAt));
        }
        if (time.isAfter(receivedAt.plus(AHEAD_AT_MOST))) {
            return new Moment(receivedAt, false, true);
        }
        return new Moment(time, !anyAge && time.isBefore(receivedAt.minus(LATE_AFTER)), false);
    }
}
