package dev.microlift.benchmarks.trials;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How a server is started.
 *
 * @param jar the packaged server
 * @param data its data directory
 * @param heapMegabytes the largest heap it may have
 * @param environment what it finds in its environment, beside what every trial sets
 */
record Launch(Path jar, Path data, int heapMegabytes, Map<String, String> environment) {

    /** What a small server has. */
    static final int HEAP_MEGABYTES = 256;

    Launch {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException("build the server first; there is no " + jar);
        }
        environment = Map.copyOf(environment);
    }

    static Launch of(Path jar, Path data) {
        return new Launch(jar, data, HEAP_MEGABYTES, Map.of());
    }

    Launch withData(Path other) {
        return new Launch(jar, other, heapMegabytes, environment);
    }

    Launch withHeap(int megabytes) {
        return new Launch(jar, data, megabytes, environment);
    }

    Launch with(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new Launch(jar, data, heapMegabytes, more);
    }

    /** Where the log of record keeps its segments. */
    Path logFolder() {
        return data.resolve("log");
    }
}
