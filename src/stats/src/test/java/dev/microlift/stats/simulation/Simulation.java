package dev.microlift.stats.simulation;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Runs replications in parallel chunks, each with a seed of its own.
 *
 * @param scale factor on every study's replications: 1 for the full proof
 * @param progress what is told how far a study is
 */
record Simulation(double scale, Consumer<String> progress) {
    private static final long SEED = 20240229L;
    private static final int CHUNKS = 64;

    /** One data set: draws it, asks the library and counts the answers. */
    interface Replication {
        void run(Draws draws, Tally tally);
    }

    int replications(int full) {
        return Math.max(CHUNKS, (int) Math.round(full * scale));
    }

    Tally run(String study, int fullReplications, int questions, Replication replication) {
        int each = (replications(fullReplications) + CHUNKS - 1) / CHUNKS;
        AtomicInteger done = new AtomicInteger();
        return IntStream.range(0, CHUNKS)
                .parallel()
                .mapToObj(chunk -> {
                    Tally tally = new Tally(questions);
                    Draws draws = new Draws(seed(study, chunk));
                    for (int i = 0; i < each; i++) {
                        replication.run(draws, tally);
                    }
                    progress.accept(study + ": " + 100 * done.incrementAndGet() / CHUNKS + " %");
                    return tally;
                })
                .reduce(new Tally(questions), Tally::plus);
    }

    /** Draws that depend on the study and the chunk only. */
    static long seed(String study, int chunk) {
        return SEED + 1_000_003L * study.hashCode() + 7_919L * chunk;
    }
}
