package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.LogPosition;
import dev.microlift.server.eventlog.Selection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/**
 * Events in one DuckDB file and a Parquet file for each finished day, derived from the log. One thread loads and one
 * seals; readers see snapshots and neither wait for them nor hold them up, except for what was acknowledged before they
 * asked.
 */
public final class DuckDbEventStore implements EventStore, StoredUnits, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DuckDbEventStore.class);

    private static final Duration LOOK_FOR_CLOSE = Duration.ofSeconds(1);

    private final Path directory;
    private final DuckDb database;
    private final EventLog log;
    private final LogPosition progress;
    private final Loader loader;
    private final Sealer sealer;
    private final Sealing sealing;
    private final Thread loading;
    private final Thread sealingThread;
    private final Duration readWait;
    private final Clock clock;

    private DuckDbEventStore(
            Path directory,
            EventStoreSettings settings,
            DuckDb database,
            long loaded,
            EventLog log,
            FreeSpace space,
            Clock clock,
            IntConsumer batches) {
        this.directory = directory;
        this.database = database;
        this.log = log;
        this.progress = new LogPosition(loaded);
        this.loader = new Loader(log, new DuckDbTables(database), space, progress, batches);
        this.sealer = new Sealer(database, SealedFolder.in(directory), log);
        this.sealing = new Sealing(sealer, space, clock, settings.sealEvery());
        this.loading = new Thread(loader, "event-loader");
        this.sealingThread = new Thread(sealing, "event-sealer");
        this.readWait = settings.readWait();
        this.clock = clock;
    }

    /**
     * Opens {@code events.duckdb} in a directory and starts to load what the log has more. A file that is absent is made
     * from the sealed files and the log first.
     *
     * @param space pauses loading while there is too little, and lets nothing be erased that takes more
     * @param batches is told how many messages were loaded at once
     * @throws EventStoreException if the file cannot be opened or does not belong to the log
     */
    public static DuckDbEventStore open(
            Path directory,
            EventStoreSettings settings,
            EventLog log,
            FreeSpace space,
            Clock clock,
            IntConsumer batches) {
        try {
            Files.createDirectories(directory);
            if (!Files.exists(directory.resolve(DuckDb.FILE))) {
                new StoreRebuild(directory, settings, log, false, LOG::info).run();
            }
            DuckDb database = openExisting(directory, settings, space);
            try {
                DuckDbEventStore store = new DuckDbEventStore(
                        directory, settings, database, prepare(directory, database, log), log, space, clock, batches);
                store.start();
                return store;
            } catch (SQLException | IOException | RuntimeException failure) {
                database.close();
                throw failure;
            }
        } catch (SQLException failure) {
            throw new EventStoreException("cannot open the events in " + directory, failure);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static DuckDb openExisting(Path directory, EventStoreSettings settings, FreeSpace space) {
        try {
            return DuckDb.open(directory, settings, space);
        } catch (SQLException failure) {
            throw new EventStoreException(
                    "cannot open " + directory.resolve(DuckDb.FILE) + ": " + failure.getMessage()
                            + ". If it is damaged or of a later release, make it anew from the log and the sealed files by"
                            + " rebuild-store",
                    failure);
        }
    }

    /** Gives the loaded position. */
    private static long prepare(Path directory, DuckDb database, EventLog log) throws SQLException, IOException {
        long loaded = database.read(Loaded::read).position();
        if (loaded > log.lastPosition()) {
            LOG.errorf(
                    "the log ends at position %d, but messages up to %d were loaded from it: it has lost what follows."
                            + " The event store keeps them, and new ones follow behind them",
                    log.lastPosition(), loaded);
            log.continueAfter(loaded);
        }
        SealedTables sealed = new SealedTables(database, SealedFolder.in(directory));
        sealed.reconcile(loaded);
        sealed.view();
        return loaded;
    }

    private void start() {
        log.loaded(progress.now());
        loading.setDaemon(true);
        loading.start();
        sealingThread.setDaemon(true);
        sealingThread.start();
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

    @Override
    public <T> T derive(Reader<T> reader) {
        awaitAcknowledged();
        try {
            return database.derive(reader);
        } catch (SQLException failure) {
            throw new EventStoreException("nothing can be derived from the events", failure);
        }
    }

    @Override
    public long erase(Selection selection) {
        awaitAll();
        try {
            return sealer.erase(selection);
        } catch (SQLException | IOException failure) {
            throw new EventStoreException("events cannot be erased", failure);
        }
    }

    @Override
    public void eachOf(Selection.OfUnit unit, Consumer<UnitEvent> reader) {
        read(connection -> {
            UnitEvent.each(connection, unit, reader);
            return unit;
        });
    }

    @Override
    public List<LinkedUnit> linkedTo(Selection.OfUnit unit) {
        awaitAll();
        return read(connection -> LinkedUnit.of(connection, unit));
    }

    @Override
    public List<String> anonymousIdsOf(String userId) {
        awaitAll();
        return read(connection -> Ownership.anonymousIdsOf(connection, userId));
    }

    @Override
    public void disown(Collection<String> anonymousIds) {
        try {
            database.write(statement -> Ownership.disown(statement, anonymousIds));
        } catch (SQLException failure) {
            throw new EventStoreException("links cannot be taken back", failure);
        }
    }

    /** However long it takes. */
    private void awaitAll() {
        try {
            long last = log.lastPosition();
            while (!progress.await(last, LOOK_FOR_CLOSE)) {
                if (loader.state() == Loader.State.STOPPED) {
                    throw new EventStoreException("the event store is closed");
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new EventStoreException("the server stops");
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
        long messages = Math.max(0, log.lastPosition() - progress.now());
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
        return DuckDb.bytes(directory) + SealedFolder.in(directory).bytes();
    }

    /** Ends loading and lets the file go; what is not loaded stays in the log. */
    @Override
    public void close() {
        loader.stop();
        sealing.stop();
        try {
            loading.join();
            sealingThread.join();
            database.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (SQLException failure) {
            throw new EventStoreException("the events were not closed cleanly", failure);
        }
    }
}
