package dev.microlift.stats.simulation;

/** Hits and trials of several questions asked to each replication. */
final class Tally {
    private final long[] hits;
    private final long[] trials;

    Tally(int questions) {
        this.hits = new long[questions];
        this.trials = new long[questions];
    }

    void count(int question, boolean hit) {
        trials[question]++;
        hits[question] += hit ? 1 : 0;
    }

    Tally plus(Tally other) {
        Tally sum = new Tally(hits.length);
        for (int i = 0; i < hits.length; i++) {
            sum.hits[i] = hits[i] + other.hits[i];
            sum.trials[i] = trials[i] + other.trials[i];
        }
        return sum;
    }

    Figure figure(String study, String name, Figure.Claim claim, double nominal, int question) {
        return Figure.share(study, name, claim, nominal, hits[question], trials[question]);
    }
}
