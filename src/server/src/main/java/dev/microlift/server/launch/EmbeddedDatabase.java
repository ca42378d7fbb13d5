package dev.microlift.server.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.microlift.server.eventlog.Folders;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A PostgreSQL that the server starts for itself, so that one command needs no database beside it.
 *
 * <p>It listens on loopback only, on a free port, and trusts local connections: right for one machine with one user.
 * Everything acknowledged is on disk: the library's defaults, meant for tests, are turned back to PostgreSQL's own.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Duration STARTUP_WAIT = Duration.ofSeconds(60);
    private static final Duration ORPHAN_WAIT = Duration.ofSeconds(20);
    private static final Duration RETRY_EVERY = Duration.ofSeconds(2);
    private static final int FREE_PORT = 0;

    private final DataDirectory data;
    private EmbeddedPostgres postgres;
    private boolean mayEnd;

    private EmbeddedDatabase(DataDirectory data, EmbeddedPostgres postgres) {
        this.data = data;
        this.postgres = postgres;
    }

    /**
     * Starts PostgreSQL on the directory's data, first stopping one that a killed server left behind. If it ends by itself,
     * as when the system kills it for want of memory, it is started again.
     */
    public static EmbeddedDatabase start(DataDirectory data) {
        stopOrphan(tables(data.path()));
        try {
            EmbeddedDatabase database = new EmbeddedDatabase(data, started(data, FREE_PORT));
            database.watch();
            return database;
        } catch (IOException | IllegalStateException failure) {
            throw new LaunchException("the embedded PostgreSQL did not start: " + failure.getMessage(), failure);
        }
    }

    /** Whether one was ever started on a data directory, so that starting it finds what it keeps. */
    static boolean isIn(Path data) {
        return Files.exists(tables(data).resolve("PG_VERSION"));
    }

    private static Path tables(Path data) {
        return data.resolve("postgres");
    }

    private static EmbeddedPostgres started(DataDirectory data, int port) throws IOException {
        Path programs = data.path().resolve("postgres-runtime");
        EmbeddedPostgres started = EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(tables(data.path()).toFile())
                .setCleanDataDirectory(false)
                // Not the parent of the data: the library deletes what looks stale in its working directory.
                .setOverrideWorkingDirectory(programs.toFile())
                .setRegisterShutdownHook(false)
                .setPGStartupWait(STARTUP_WAIT)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                // Files of the write-ahead log go when they are not needed: used again they would keep what they held.
                .setServerConfig("wal_recycle", "off")
                .setServerConfig("max_connections", "60")
                .start();
        // The library lets everybody write in it, and so put programs of his own in place of PostgreSQL's.
        Folders.makePrivate(programs);
        return started;
    }

    private void watch() {
        process(tables(data.path())).ifPresent(process -> {
            var ignored = process.onExit().thenRun(this::startAgain);
        });
    }

    private synchronized void startAgain() {
        if (mayEnd) {
            return;
        }
        System.err.println("microlift: the embedded PostgreSQL ended and is started again");
        try {
            postgres.close();
            postgres = started(data, postgres.getPort());
            watch();
        } catch (IOException | IllegalStateException failure) {
            System.err.println("microlift: the embedded PostgreSQL did not start: " + failure.getMessage());
            CompletableFuture.delayedExecutor(RETRY_EVERY.toSeconds(), TimeUnit.SECONDS)
                    .execute(this::startAgain);
        }
    }

    /** Where the one that a running server has started on its data listens; empty if there is none. */
    static Optional<DatabaseAddress> running(Path data) {
        Path pidFile = tables(data).resolve("postmaster.pid");
        try {
            // The fourth line is the port, the last one tells whether it is ready.
            List<String> lines = Files.readAllLines(pidFile, UTF_8);
            return lines.size() < 8 || !lines.get(7).trim().equals("ready")
                    ? Optional.empty()
                    : Optional.of(new DatabaseAddress(
                            "jdbc:postgresql://127.0.0.1:" + lines.get(3).trim() + "/postgres", "postgres", ""));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** Where it listens. */
    public synchronized DatabaseAddress address() {
        return new DatabaseAddress(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "");
    }

    /** From now on it is not started again: who tells the server to end may have told both. */
    synchronized void letEnd() {
        mayEnd = true;
    }

    @Override
    public synchronized void close() {
        mayEnd = true;
        try {
            postgres.close();
        } catch (IOException failure) {
            System.err.println("microlift: the embedded PostgreSQL did not stop: " + failure.getMessage());
        }
    }

    /** After a kill of the server its PostgreSQL lives on and holds the data; nobody else can own it, we hold the lock. */
    private static void stopOrphan(Path tables) {
        process(tables).ifPresent(process -> {
            interrupt(process);
            try {
                process.onExit().get(ORPHAN_WAIT.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException stuck) {
                throw new LaunchException(
                        "a PostgreSQL left behind (process " + process.pid() + ") does not stop", stuck);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new LaunchException("interrupted while starting", interrupted);
            }
        });
    }

    /** The process that works on these tables. */
    private static Optional<ProcessHandle> process(Path tables) {
        Path pidFile = tables.resolve("postmaster.pid");
        if (!Files.isRegularFile(pidFile)) {
            return Optional.empty();
        }
        try {
            long pid = Long.parseLong(Files.readAllLines(pidFile, UTF_8).get(0).trim());
            return ProcessHandle.of(pid)
                    .filter(process -> process.info().command().orElse("").contains("postgres"));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException unreadable) {
            return Optional.empty();
        }
    }

    /** SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for connections to close. */
    private static void interrupt(ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException noSuchCommand) {
            process.destroy();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
