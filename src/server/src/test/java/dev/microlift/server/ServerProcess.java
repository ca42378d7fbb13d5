package dev.microlift.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * The built server as a process of its own, on loopback and a free port. Whatever a test does to it, closing ends the
 * process and the database it started, each by its own handle.
 */
public final class ServerProcess implements AutoCloseable {

    /** The key of the first admin. */
    public static final String ADMIN_KEY = "test-admin-key-of-more-than-32-characters";

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Path data;
    private final Process process;
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    private ServerProcess(Path data, Process process, URI address) {
        this.data = data;
        this.process = process;
        this.address = address;
    }

    /** Starts the server on a data directory and waits until it is ready. */
    public static ServerProcess start(Path data) {
        return start(data, Map.of());
    }

    /** Starts the server with further environment variables. */
    public static ServerProcess start(Path data, Map<String, String> environment) {
        try {
            int port = freePort();
            ProcessBuilder builder = program(data);
            builder.environment().put("MICROLIFT_ADMIN_KEY", ADMIN_KEY);
            builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
            builder.environment().putAll(environment);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(
                    data.resolveSibling(data.getFileName() + ".log").toFile()));
            ServerProcess server = new ServerProcess(data, builder.start(), URI.create("http://127.0.0.1:" + port));
            server.awaitReady();
            return server;
        } catch (IOException failure) {
            throw new IllegalStateException("the server did not start", failure);
        }
    }

    /** How a command ended, and what it said. */
    public record Outcome(int exitCode, String output) {}

    /** Runs one of the program's commands, or a server that is expected to end by itself, on a data directory. */
    public static Outcome run(Path data, Map<String, String> environment, String... arguments) {
        ProcessBuilder builder = program(data);
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(environment);
        try {
            Path output = Files.createTempFile(data.toAbsolutePath().getParent(), "command", ".log");
            Process process = builder.redirectOutput(output.toFile()).start();
            try {
                boolean ended = process.waitFor(START.toMillis(), TimeUnit.MILLISECONDS);
                return new Outcome(ended ? process.exitValue() : -1, Files.readString(output));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException failure) {
            throw new IllegalStateException("the command did not start", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static ProcessBuilder program(Path data) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                jar().toString());
        builder.environment().put("MICROLIFT_DATA_DIR", data.toString());
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        return builder.redirectErrorStream(true);
    }

    private static Path jar() {
        Path jar = Path.of(System.getProperty("microlift.jar", "target/quarkus-app/quarkus-run.jar"));
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("build the server first; there is no " + jar);
        }
        return jar.toAbsolutePath();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits until it says that it is ready. */
    public void awaitReady() {
        await("/q/health/ready", ready -> ready.statusCode() == 200);
    }

    /** Waits until its database answers. */
    public void awaitDatabase() {
        await("/api/v1/journeys", journeys -> journeys.statusCode() == 200);
    }

    /** Waits until it answers there as is awaited. */
    public void await(String path, Predicate<HttpResponse<String>> awaited) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < START.toNanos() && !ends(POLL)) {
            try {
                if (awaited.test(get(path))) {
                    return;
                }
            } catch (IOException notYet) {
                // it does not listen yet; asked again until the deadline
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        close();
        throw new IllegalStateException(path + " did not become what is awaited; the output is beside " + data);
    }

    /** Where it listens. */
    public URI address() {
        return address;
    }

    /** Sends JSON with the admin's key. */
    public HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(address.resolve(path))
                        .header("Authorization", "Bearer " + ADMIN_KEY)
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofSeconds(60))
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Reads with the admin's key. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(address.resolve(path))
                        .header("Authorization", "Bearer " + ADMIN_KEY)
                        .timeout(Duration.ofSeconds(60))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Ends it as a failure would: at once, with no chance to write anything (SIGKILL). */
    public void kill() {
        process.destroyForcibly();
        if (!ends(STOP)) {
            throw new IllegalStateException("the server survived a kill");
        }
    }

    /** Asks it to leave (SIGTERM), waits until it has and gives its exit code. */
    public int stop() {
        process.destroy();
        if (!ends(STOP)) {
            throw new IllegalStateException("the server does not stop");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        if (!ends(STOP)) {
            kill();
        }
        stopDatabase();
    }

    private boolean ends(Duration within) {
        try {
            process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException alive) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /** A killed server leaves its database running, which the next start would stop; after the last one we do. */
    private void stopDatabase() {
        database().ifPresent(ProcessHandle::destroy);
    }

    /** Kills the database that the server started, and waits until it has another one. */
    public void killDatabase() {
        ProcessHandle killed = database().orElseThrow();
        killed.destroyForcibly();
        long start = System.nanoTime();
        while (database().filter(found -> !found.equals(killed)).isEmpty()) {
            if (System.nanoTime() - start > START.toNanos() || ends(POLL)) {
                throw new IllegalStateException("the database is not started again");
            }
        }
        awaitDatabase();
    }

    private Optional<ProcessHandle> database() {
        Path pidFile = data.resolve("postgres").resolve("postmaster.pid");
        try {
            List<String> lines = Files.isRegularFile(pidFile) ? Files.readAllLines(pidFile) : List.of();
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
                            .filter(found -> found.info().command().orElse("").contains("postgres"));
        } catch (IOException | NumberFormatException gone) {
            // it removes its file while it stops
            return Optional.empty();
        }
    }
}
