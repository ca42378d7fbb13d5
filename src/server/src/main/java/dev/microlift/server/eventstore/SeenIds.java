package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.EventLog;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;

/**
 * Which message ids were stored lately. Ids are forgotten by whole UTC days of receipt: never before
 * {@link EventLog#DUPLICATE_DAYS} days have passed, always before another day has.
 *
 * <p>Memory: 21 to 43 bytes of heap an id, so a million messages a day take about 250 MB in the worst case. Used by the
 * writer's thread alone.
 */
final class SeenIds {

    private final TreeMap<Long, FingerprintSet> days = new TreeMap<>();

    /** From when on ids are remembered at this moment. */
    static Instant since(Instant now) {
        return now.truncatedTo(ChronoUnit.DAYS).minus(EventLog.DUPLICATE_DAYS, ChronoUnit.DAYS);
    }

    boolean contains(Fingerprint id) {
        for (FingerprintSet day : days.values()) {
            if (day.contains(id)) {
                return true;
            }
        }
        return false;
    }

    void add(Fingerprint id, Instant receivedAt) {
        days.computeIfAbsent(day(receivedAt), fresh -> new FingerprintSet()).add(id);
    }

    /** Forgets what is too old at this moment. */
    void expire(Instant now) {
        days.headMap(day(since(now)), false).clear();
    }

    private static long day(Instant time) {
        return Math.floorDiv(
                time.getEpochSecond(), ChronoUnit.DAYS.getDuration().toSeconds());
    }
}
