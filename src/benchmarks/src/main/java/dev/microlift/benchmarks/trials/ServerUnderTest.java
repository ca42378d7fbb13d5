package dev.microlift.benchmarks.trials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The packaged server as a process of its own, on loopback and a free port. Closing ends the process and the database it
 * started, each by its own handle, whatever was done to it before.
 */
final class ServerUnderTest implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int KILLED = 137;

    private final Path data;
    private final Path output;
    private final Process process;
    private final Api api;

    private ServerUnderTest(Path data, Path output, Process process, Api api) {
        this.data = data;
        this.output = output;
        this.process = process;
        this.api = api;
        // Whoever ends a trial with a signal must not leave its servers behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Starts a server and waits until it is ready. */
    static ServerUnderTest start(Launch launch) throws IOException, InterruptedException {
        ServerUnderTest server = begin(launch);
        if (!server.isReadyWithin(START)) {
            String said = server.output();
            server.close();
            throw new IllegalStateException("the server did not become ready: " + last(said));
        }
        return server;
    }

    /** Starts a server and waits for nothing. */
    static ServerUnderTest begin(Launch launch) throws IOException {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + launch.heapMegabytes() + "m",
                "-jar",
                launch.jar().toString());
        builder.environment().put("MICROLIFT_DATA_DIR", launch.data().toString());
        builder.environment().put("MICROLIFT_ADMIN_KEY", Api.ADMIN_KEY);
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment().putAll(launch.environment());
        Path output = Files.createTempFile(launch.data().getParent(), "server-", ".txt");
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        URI address = URI.create("http://127.0.0.1:" + port);
        return new ServerUnderTest(launch.data(), output, builder.start(), new Api(address, Api.ADMIN_KEY));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Whether it becomes ready in time; a process that ends never does. */
    boolean isReadyWithin(Duration limit) throws InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < limit.toNanos()) {
            if (api.isReady()) {
                return true;
            }
            if (endsWithin(POLL)) {
                return false;
            }
        }
        return false;
    }

    /** How it is asked. */
    Api api() {
        return api;
    }

    long pid() {
        return process.pid();
    }

    /** Processor time it has used since it began, without its database. */
    Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** What it wrote to its console since it began. */
    String output() throws IOException {
        return Files.readString(output, UTF_8);
    }

    /** Ends it as a failure would: at once, with no chance to write anything (SIGKILL). */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!endsWithin(STOP)) {
            throw new IllegalStateException("the server survived a kill");
        }
    }

    /** Asks it to leave and waits until it has (SIGTERM). */
    void stop() throws InterruptedException {
        process.destroy();
        if (!endsWithin(STOP)) {
            throw new IllegalStateException("the server does not stop");
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** With what it ended; empty while it lives, and if it was killed. */
    OptionalInt refusal() {
        return process.isAlive() || process.exitValue() == KILLED
                ? OptionalInt.empty()
                : OptionalInt.of(process.exitValue());
    }

    boolean endsWithin(Duration limit) throws InterruptedException {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException alive) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Ends the process alone and leaves the database to whoever uses it. */
    void abandon() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!endsWithin(STOP)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        stopDatabase();
    }

    /** A killed server leaves its database running, which the next start would stop; after the last one we do. */
    private void stopDatabase() {
        database().ifPresent(database -> {
            database.destroy();
            try {
                database.onExit().get(STOP.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException stuck) {
                database.destroyForcibly();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Optional<ProcessHandle> database() {
        Path pidFile = data.resolve("postgres").resolve("postmaster.pid");
        try {
            List<String> lines = Files.isRegularFile(pidFile) ? Files.readAllLines(pidFile, UTF_8) : List.of();
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
                            .filter(found -> found.info().command().orElse("").contains("postgres"));
        } catch (IOException | NumberFormatException gone) {
            // it removed its file while stopping
            return Optional.empty();
        }
    }

    private static String last(String text) {
        return text.substring(Math.max(0, text.length() - 1000)).strip();
    }
}
