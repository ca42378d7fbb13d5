package dev.microlift.benchmarks.trials;

import java.io.PrintStream;
import java.util.Locale;

/** Says what is being done, away from the figures, so that nobody has to guess whether a run is alive. */
final class Progress {

    private final PrintStream out;
    private final long start = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    void say(String what) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, what);
    }
}
