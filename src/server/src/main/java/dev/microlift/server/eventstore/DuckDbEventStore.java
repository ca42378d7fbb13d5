package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventlog.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Events in one DuckDB file, which is the durable log too. Appends go through one writer thread; readers see snapshots
 * and neither wait for it nor hold it up.
 */
public final class DuckDbEventStore implements EventLog, EventStore, AutoCloseable {

    private final DuckDb database;
    private final DuckDbEventTable table;
    private final AppendQueue queue;
    private final EventWriter writer;
    private final Thread thread;

    private DuckDbEventStore(DuckDb database, DuckDbEventTable table, AppendQueue queue, EventWriter writer) {
        this.database = database;
        this.table = table;
        this.queue = queue;
        this.writer = writer;
        this.thread = new Thread(writer, "event-writer");
    }

    /**
     * Opens {@code events.duckdb} in a directory, making both if they are absent, and starts the writer.
     *
     * @throws EventStoreException if the file cannot be opened, for instance because another process holds it
     */
    public static DuckDbEventStore open(Path directory, EventStoreSettings settings, Clock clock) {
        try {
            Files.createDirectories(directory);
            DuckDb database = DuckDb.open(directory, settings);
            DuckDbEventTable table = new DuckDbEventTable(database.connect());
            AppendQueue queue = new AppendQueue(settings.queueMessages(), settings.queueBytes());
            DuckDbEventStore store = new DuckDbEventStore(database, table, queue, new EventWriter(table, queue, clock));
            store.thread.setDaemon(true);
            store.thread.start();
            return store;
        } catch (SQLException failure) {
            throw new EventStoreException("cannot open the events in " + directory, failure);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public CompletionStage<List<Receipt>> append(List<Message> messages) {
        return messages.isEmpty() ? CompletableFuture.completedFuture(List.of()) : queue.offer(messages);
    }

    @Override
    public <T> T read(Reader<T> reader) {
        try {
            return database.read(reader);
        } catch (SQLException failure) {
            throw new EventStoreException("the events cannot be read", failure);
        }
    }

    /** How many messages wait to be stored. */
    int depth() {
        return queue.depth();
    }

    /** Whether messages can be stored. */
    EventWriter.State state() {
        return thread.isAlive() ? writer.state() : EventWriter.State.BROKEN;
    }

    /** Stores what was accepted, then lets the file go. */
    @Override
    public void close() {
        queue.close();
        try {
            thread.join();
            table.close();
            database.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (SQLException failure) {
            throw new EventStoreException("the events were not closed cleanly", failure);
        }
    }
}
