package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.EventLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Events in one DuckDB file, derived from the log. One thread loads; readers see snapshots and neither wait for it nor
 * hold it up, except for what was acknowledged before they asked.
 */
public final class DuckDbEventStore implements EventStore, AutoCloseable {

    private final Path directory;
    private final DuckDb database;
    private final DuckDbTables tables;
    private final EventLog log;
    private final LoadProgress progress;
    private final Loader loader;
    private final Thread thread;
    private final Duration readWait;
    private final Clock clock;

    private DuckDbEventStore(
            Path directory,
            DuckDb database,
            DuckDbTables tables,
            EventLog log,
            LoadProgress progress,
            Loader loader,
            Duration readWait,
            Clock clock) {
        this.directory = directory;
        this.database = database;
        this.tables = tables;
        this.log = log;
        this.progress = progress;
        this.loader = loader;
        this.thread = new Thread(loader, "event-loader");
        this.readWait = readWait;
        this.clock = clock;
    }

    /**
     * Opens {@code events.duckdb} in a directory, making both if they are absent, and starts to load what the log has more.
     *
     * @param batches is told how many messages were loaded at once
     * @throws EventStoreException if the file cannot be opened or does not belong to the log
     */
    public static DuckDbEventStore open(
            Path directory, EventStoreSettings settings, EventLog log, Clock clock, IntConsumer batches) {
        try {
            Files.createDirectories(directory);
            DuckDb database = DuckDb.open(directory, settings);
            DuckDbTables tables = new DuckDbTables(database);
            try (Statement statement = database.connect().createStatement()) {
                EventsView.create(statement, List.of());
            }
            long loaded = database.read(Loaded::read).position();
            refuseUnlessBehind(log, loaded);
            LoadProgress progress = new LoadProgress(loaded);
            Loader loader =
                    new Loader(log, tables, new DiskReserve(directory, settings.reserveBytes()), progress, batches);
            DuckDbEventStore store = new DuckDbEventStore(
                    directory, database, tables, log, progress, loader, settings.readWait(), clock);
            log.loaded(loaded);
            store.thread.setDaemon(true);
            store.thread.start();
            return store;
        } catch (SQLException failure) {
            throw new EventStoreException("cannot open the events in " + directory, failure);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void refuseUnlessBehind(EventLog log, long loaded) {
        if (loaded > log.lastPosition()) {
            throw new EventStoreException("the event store has loaded " + loaded + " messages, but the log ends at "
                    + log.lastPosition() + ": they do not belong together. Put the log that"
                    + " belongs to it back, or make the store anew from the log and the sealed files by rebuild-store");
        }
    }

    @Override
    public <T> T read(Reader<T> reader) {
        awaitAcknowledged();
        try {
            return database.read(reader);
        } catch (SQLException failure) {
            throw new EventStoreException("the events cannot be read", failure);
        }
    }

    private void awaitAcknowledged() {
        try {
            progress.await(log.lastPosition(), readWait);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public LoaderLag lag() {
        long messages = Math.max(0, log.lastPosition() - progress.position());
        Instant now = clock.instant();
        Duration age = Duration.between(loader.oldestWaiting().orElse(now), now);
        return new LoaderLag(messages, messages == 0 || age.isNegative() ? Duration.ZERO : age);
    }

    /** Whether messages are loaded. */
    Loader.State state() {
        return loader.state();
    }

    /** Time of the latest event that is loaded. */
    Optional<Instant> watermark() {
        try {
            return database.read(Loaded::read).latest();
        } catch (SQLException failure) {
            return Optional.empty();
        }
    }

    /** How much of the disk it takes. */
    long bytes() {
        return StoreSize.bytes(directory);
    }

    /** Ends loading and lets the file go; what is not loaded stays in the log. */
    @Override
    public void close() {
        loader.stop();
        try {
            thread.join();
            tables.close();
            database.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (SQLException failure) {
            throw new EventStoreException("the events were not closed cleanly", failure);
        }
    }
}
