package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.LogBatch;
import dev.microlift.server.eventlog.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A store without its threads: a test takes each step by hand, and may end the process after any. */
final class StoreParts implements AutoCloseable {

    private final Path directory;
    private final EventLog log;
    final DuckDb database;
    final DuckDbTables tables;
    final SealedFolder folder;
    final SealedTables sealed;
    final Sealer sealer;

    private StoreParts(Path directory, EventLog log) throws SQLException, IOException {
        this.directory = directory;
        this.log = log;
        database = DuckDb.open(directory, new SmallStore());
        tables = new DuckDbTables(database);
        folder = SealedFolder.in(directory);
        sealed = new SealedTables(database, folder);
        sealer = new Sealer(database, folder, log);
        sealed.reconcile(loaded());
        sealed.view();
    }

    static StoreParts open(Path directory, EventLog log) throws SQLException, IOException {
        return new StoreParts(Files.createDirectories(directory), log);
    }

    long loaded() throws SQLException {
        return database.read(Loaded::read).position();
    }

    /** Loads what the log has. */
    void load() throws SQLException, InterruptedException {
        while (loadSome(100)) {
            // until there is no more
        }
    }

    /** Loads a batch; false if there is nothing more. */
    boolean loadSome(int atMost) throws SQLException, InterruptedException {
        try (LogReader reader = log.readAfter(loaded())) {
            LogBatch batch = reader.next(atMost, Duration.ZERO);
            if (!batch.isEmpty()) {
                tables.load(batch);
            }
            return !batch.isEmpty();
        }
    }

    List<String> ask(String sql) throws SQLException {
        return database.read(connection -> Questions.rows(connection, sql));
    }

    /** What would be on the disk if the process ended now. */
    Path crashImage(Path target) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(directory.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        return target;
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
