package dev.microlift.benchmarks.trials;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of sending for a while. Not for several threads: each keeps its own, joined at the end. */
final class Tally {

    private long accepted;
    private long duplicates;
    private long batches;
    private long busy;
    private long busyWithoutWhen;
    private long otherFailures;
    private long broken;
    private @Nullable String firstBreak;
    private Latencies latencies = new Latencies();

    void answered(Answer answer, long nanos) {
        batches++;
        if (answer.isAcknowledged()) {
            accepted += answer.accepted();
            duplicates += answer.duplicates();
            latencies.add(nanos);
        } else if (answer.isBusy()) {
            busy++;
            busyWithoutWhen += answer.saysWhen() ? 0 : 1;
        } else {
            otherFailures++;
        }
    }

    /** The connection broke before an answer came. */
    void broken(IOException why) {
        batches++;
        broken++;
        firstBreak = firstBreak == null ? why.toString() : firstBreak;
    }

    static Tally joined(List<Tally> parts) {
        Tally all = new Tally();
        List<Latencies> times = new ArrayList<>();
        for (Tally part : parts) {
            all.accepted += part.accepted;
            all.duplicates += part.duplicates;
            all.batches += part.batches;
            all.busy += part.busy;
            all.busyWithoutWhen += part.busyWithoutWhen;
            all.otherFailures += part.otherFailures;
            all.broken += part.broken;
            all.firstBreak = all.firstBreak == null ? part.firstBreak : all.firstBreak;
            times.add(part.latencies);
        }
        all.latencies = Latencies.joined(times);
        return all;
    }

    long accepted() {
        return accepted;
    }

    long duplicates() {
        return duplicates;
    }

    /** Batches that were offered, whatever became of them. */
    long batches() {
        return batches;
    }

    /** Answers 429 and 503. */
    long busy() {
        return busy;
    }

    long busyWithoutWhen() {
        return busyWithoutWhen;
    }

    /** Answers that no sender of good batches should ever get. */
    long otherFailures() {
        return otherFailures;
    }

    long brokenConnections() {
        return broken;
    }

    /** How one of the connections broke, if any did. */
    Optional<String> firstBreak() {
        return Optional.ofNullable(firstBreak);
    }

    Latencies latencies() {
        return latencies;
    }

    double acceptedPerSecond(Duration time) {
        return accepted / (time.toNanos() / 1e9);
    }
}
