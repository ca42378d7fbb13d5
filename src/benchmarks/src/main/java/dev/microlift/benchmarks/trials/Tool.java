package dev.microlift.benchmarks.trials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The answer of a program of the operating system or the JDK.
 *
 * @param output what it wrote, errors too
 */
record Tool(int exitCode, String output) {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** Runs it to its end. */
    static Tool run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command[0] + " does not end");
        }
        return new Tool(process.exitValue(), output.strip());
    }

    /** Whether it can be started at all. */
    static boolean exists(String... command) throws InterruptedException {
        try {
            run(command);
            return true;
        } catch (IOException absent) {
            return false;
        }
    }

    boolean isSuccess() {
        return exitCode == 0;
    }
}
