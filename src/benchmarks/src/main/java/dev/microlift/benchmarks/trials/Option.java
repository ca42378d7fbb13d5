package dev.microlift.benchmarks.trials;

/**
 * Something a program may be told on its command line.
 *
 * @param name with its dashes: {@code --seconds}
 * @param fallback what holds if it is not told; empty for nothing
 * @param meaning one sentence for the reader of {@code --help}
 */
record Option(String name, String fallback, String meaning) {

    /** Where the packaged server is. */
    static final Option JAR = new Option(
            "--jar",
            "src/server/target/quarkus-app/quarkus-run.jar",
            "the packaged server that is started for the run");

    /** Where data directories are made. */
    static final Option DIRECTORY =
            new Option("--dir", System.getProperty("java.io.tmpdir", "."), "folder for the run's temporary data");

    /** What makes the choices of a run repeatable; message ids are new in every run. */
    static final Option SEED = new Option("--seed", "1", "the same seed, the same places, moments and orders");

    /** Connections at a time. */
    static Option connections(int fallback) {
        return new Option("--connections", Integer.toString(fallback), "connections that send at the same time");
    }

    /** How long each measurement takes. */
    static Option seconds(int fallback) {
        return new Option("--seconds", Integer.toString(fallback), "how long each measurement takes");
    }
}
