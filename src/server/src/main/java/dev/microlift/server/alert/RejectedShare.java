package dev.microlift.server.alert;

import dev.microlift.server.ingest.IngestCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How many of the messages of the last time were rejected, from counts that only grow. */
final class RejectedShare {

    /** A share of fewer messages says nothing. */
    private static final long FEWEST = 100;

    private final Duration window;
    private final double limit;
    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(Instant at, IngestCounts counts) {}

    /**
     * What came in within the window.
     *
     * @param share of the messages that were rejected
     */
    record Evidence(long accepted, long rejected, double share, double limit, Duration window) {}

    /** @param limit what share may be rejected */
    RejectedShare(Duration window, double limit) {
        this.window = window;
        this.limit = limit;
    }

    /** Notes the counts as they are now; says what there is to say if the share is above the limit. */
    Optional<Evidence> look(Instant now, IngestCounts counts) {
        samples.add(new Sample(now, counts));
        // The last one that is older than the window stays: it is what the window began with.
        while (samples.size() > 1 && !secondOldest().at().isAfter(now.minus(window))) {
            samples.remove();
        }
        IngestCounts before = samples.element().counts();
        long accepted = counts.accepted() - before.accepted();
        long rejected = counts.rejected() - before.rejected();
        double share = (double) rejected / Math.max(1, accepted + rejected);
        return accepted + rejected >= FEWEST && share > limit
                ? Optional.of(new Evidence(accepted, rejected, share, limit, window))
                : Optional.empty();
    }

    private Sample secondOldest() {
        return samples.stream().skip(1).findFirst().orElseThrow();
    }
}
