package dev.microlift.server.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens, for all threads. */
final class Tally {

    private final AtomicLong units = new AtomicLong();
    private final LongAdder outside = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final Map<String, Rejection> rejections = new ConcurrentSkipListMap<>();

    /**
     * Messages that the server refused for one reason.
     *
     * @param example what it said about one of them
     */
    record Rejection(long count, String example) {

        private Rejection oneMore() {
            return new Rejection(count + 1, example);
        }
    }

    /**
     * What was counted so far.
     *
     * @param outside units that the experiment did not take
     * @param lost units of which nothing was sent, on purpose
     * @param rejections by code
     */
    record Counts(
            long units, long outside, long lost, long accepted, long duplicates, Map<String, Rejection> rejections) {

        long rejected() {
            return rejections.values().stream().mapToLong(Rejection::count).sum();
        }

        /** Messages that the server answered for. */
        long messages() {
            return accepted + duplicates + rejected();
        }
    }

    void unitDone() {
        units.incrementAndGet();
    }

    void unitOutside() {
        outside.increment();
    }

    void unitLost() {
        lost.increment();
    }

    /** Counts what the server said about a batch. */
    void batchAnswered(JsonNode answer) {
        accepted.add(answer.path("accepted").asLong());
        duplicates.add(answer.path("duplicates").asLong());
        for (JsonNode rejected : answer.path("rejected")) {
            rejections.merge(
                    rejected.path("code").asText("unknown"),
                    new Rejection(1, rejected.path("detail").asText()),
                    (known, one) -> known.oneMore());
        }
    }

    Counts counts() {
        return new Counts(
                units.get(), outside.sum(), lost.sum(), accepted.sum(), duplicates.sum(), Map.copyOf(rejections));
    }
}
