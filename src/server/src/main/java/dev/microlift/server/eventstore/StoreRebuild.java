package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.DiskSync;
import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.LogBatch;
import dev.microlift.server.eventlog.LogReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;

/**
 * Makes {@code events.duckdb} anew from the sealed files and the log. It is made beside its place and moved there when it
 * is whole, so that a process that ends on the way leaves what was there before.
 */
public final class StoreRebuild {

    private static final String WORKSHOP = "events-rebuild";
    private static final int MANY = 20_000;
    private static final long TELL_EVERY = 1_000_000;

    /** The log answers at once what it has; nothing more is coming. */
    private static final Duration LOG_WAIT = Duration.ofSeconds(1);

    private final Path directory;
    private final Path workshop;
    private final SealedFolder folder;
    private final EventStoreSettings settings;
    private final EventLog log;
    private final boolean acceptsLoss;
    private final Consumer<String> progress;

    /**
     * @param acceptsLoss whether to go on without messages that are nowhere any more
     * @param progress is told in words how far it is
     */
    public StoreRebuild(
            Path directory, EventStoreSettings settings, EventLog log, boolean acceptsLoss, Consumer<String> progress) {
        this.directory = directory;
        this.workshop = directory.resolve(WORKSHOP);
        this.folder = SealedFolder.in(directory);
        this.settings = settings;
        this.log = log;
        this.acceptsLoss = acceptsLoss;
        this.progress = progress;
    }

    /**
     * Does it.
     *
     * @throws EventStoreException if a sealed file cannot be read or messages are missing; then nothing has changed
     */
    public void run() {
        try {
            Files.createDirectories(workshop);
            deleteDatabase(workshop);
            try (DuckDb database = DuckDb.open(workshop, settings)) {
                fill(database);
            }
            deleteDatabase(directory);
            Files.move(workshop.resolve(DuckDb.FILE), directory.resolve(DuckDb.FILE), StandardCopyOption.ATOMIC_MOVE);
            DiskSync.of(directory);
            Files.deleteIfExists(workshop.resolve("events-spill"));
            Files.deleteIfExists(workshop);
        } catch (SQLException failure) {
            throw new EventStoreException("the event store cannot be made anew: " + failure.getMessage(), failure);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Removes what a rebuild that ended on the way left. */
    static void clear(Path directory) throws IOException {
        deleteDatabase(directory.resolve(WORKSHOP));
    }

    private static void deleteDatabase(Path where) throws IOException {
        Files.deleteIfExists(where.resolve(DuckDb.FILE));
        Files.deleteIfExists(where.resolve(DuckDb.FILE + ".wal"));
    }

    private void fill(DuckDb database) throws SQLException, IOException {
        List<SealedFile> files = folder.files();
        folder.refuseOverlaps(files);
        SealedTables sealed = new SealedTables(database, folder);
        sealed.view();
        long known = 0;
        for (SealedFile file : files) {
            known += register(database, sealed, file);
            progress.accept("sealed file " + file.name());
        }
        known += load(database, new Coverage(files));
        if (known < log.lastPosition() && !acceptsLoss) {
            throw new EventStoreException("of the log's " + log.lastPosition() + " messages "
                    + (log.lastPosition() - known) + " are missing: neither a sealed file nor the log has them. Put the"
                    + " missing files back into " + folder.path()
                    + ", or go on without them by rebuild-store --accept-loss");
        }
    }

    private long register(DuckDb database, SealedTables sealed, SealedFile file) throws SQLException {
        if (file.lastPosition() > log.lastPosition()) {
            throw new EventStoreException("the sealed file " + folder.of(file) + " goes on to position "
                    + file.lastPosition() + ", but the log ends at " + log.lastPosition()
                    + ": they do not belong together. Put the log that belongs to it back");
        }
        try (DuckDBConnection connection = database.connect();
                Statement statement = connection.createStatement()) {
            String rows = EventsView.parquet(List.of(folder.of(file)));
            // Reads every value, so that a damaged file is found now and not by a report.
            statement.execute("select max(hash(row)) from " + rows + " as row");
            sealed.register(file);
            database.write(
                    connection,
                    update -> update.execute("update loaded set watermark_ms ="
                            + " (select greatest(watermark_ms, max(least(time_ms, received_ms))) from " + rows + ")"));
            return SealedTables.messages(connection, folder.of(file));
        } catch (SQLException unreadable) {
            throw new EventStoreException(
                    "the sealed file " + folder.of(file) + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Gives how many messages of the log were told by it, though maybe as lost. */
    private long load(DuckDb database, Coverage coverage) throws SQLException {
        long last = log.lastPosition();
        long position = 0;
        long counted = 0;
        long tell = TELL_EVERY;
        DuckDbTables tables = new DuckDbTables(database);
        // What the log has released stands in sealed files, or is missed at the end.
        try (LogReader reader = log.readAfter(log.firstPosition() - 1)) {
            while (position < last) {
                LogBatch batch = reader.next(MANY, LOG_WAIT);
                if (batch.isEmpty()) {
                    break;
                }
                if (position > 0) {
                    counted += batch.firstPosition() - position - 1;
                }
                for (LogBatch piece : coverage.uncovered(batch)) {
                    tables.load(piece);
                    counted += piece.messages().size();
                }
                position = batch.lastPosition();
                if (position >= tell) {
                    progress.accept("log position " + position + " of " + last);
                    tell = position + TELL_EVERY;
                }
            }
            tables.load(new LogBatch(last + 1, List.of()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new EventStoreException("interrupted while the event store was made anew", stopped);
        }
        return counted;
    }
}
