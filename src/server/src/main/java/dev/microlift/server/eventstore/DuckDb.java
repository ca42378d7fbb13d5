package dev.microlift.server.eventstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/** One open database file. It belongs to this process alone for as long as it is open. */
final class DuckDb implements AutoCloseable {

    static final String FILE = "events.duckdb";

    /** The oldest release that may read the file, so that a downgrade of the server finds its data. */
    private static final String STORAGE_VERSION = "v1.4.0";

    private final Path directory;
    private final EventStoreSettings settings;
    private final ReentrantLock writing = new ReentrantLock();
    private final LoggedMessages logged = new LoggedMessages();
    private volatile DuckDBConnection root;
    private volatile Threads threads;

    private DuckDb(Path directory, EventStoreSettings settings) throws SQLException {
        this.directory = directory;
        this.settings = settings;
        this.root = open();
        this.threads = Threads.of(this::connect);
    }

    /** Opens the file in a directory, making it and its tables if they are absent; what is sealed is not in view yet. */
    static DuckDb open(Path directory, EventStoreSettings settings) throws SQLException {
        return new DuckDb(directory, settings);
    }

    private DuckDBConnection open() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("storage_compatibility_version", STORAGE_VERSION);
        properties.setProperty("memory_limit", settings.memoryLimit());
        properties.setProperty("checkpoint_threshold", settings.checkpointThreshold());
        properties.setProperty("temp_directory", spill(directory).toString());
        // Nothing is fetched from anywhere: what is needed is in the library.
        properties.setProperty("autoinstall_known_extensions", "false");
        settings.threads()
                .ifPresent(threads -> properties.setProperty("threads", Integer.toString(Math.max(1, threads))));
        // Not through DriverManager: which drivers it knows depends on who asked it first.
        DuckDBConnection root = new DuckDBDriver()
                .connect("jdbc:duckdb:" + directory.resolve(FILE), properties)
                .unwrap(DuckDBConnection.class);
        try (Statement statement = root.createStatement()) {
            statement.execute(StoreSql.file("events.sql"));
            logged.register(root);
            // In memory and compressed, spilling to disk like everything else: it is never written to the file, so that
            // it neither waits for the loader nor holds it up.
            statement.execute("ATTACH ':memory:' AS derived (COMPRESS)");
        } catch (SQLException | RuntimeException failure) {
            root.close();
            throw failure;
        }
        return root;
    }

    /**
     * Opens the file anew if it can be used no more: a checkpoint that meets a full disk makes the open database useless
     * for good, though nothing in the file is lost.
     */
    void recover() throws SQLException {
        writing.lock();
        try {
            if (!isUsable()) {
                root.close();
                root = open();
                threads = Threads.of(this::connect);
            }
        } finally {
            writing.unlock();
        }
    }

    private boolean isUsable() {
        try (Statement probe = root.createStatement()) {
            return probe.execute("select position from loaded");
        } catch (SQLException useless) {
            return false;
        }
    }

    /** How much of the disk the database takes. */
    static long bytes(Path directory) {
        return size(directory.resolve(FILE)) + size(directory.resolve(FILE + ".wal"));
    }

    /** Through java.io: one that vanishes meanwhile has no size. */
    private static long size(Path file) {
        return file.toFile().length();
    }

    private static Path spill(Path directory) {
        try {
            return Files.createDirectories(directory.resolve("events-spill"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Another connection to the same database. Connections do not wait for each other. */
    DuckDBConnection connect() throws SQLException {
        return root.duplicate().unwrap(DuckDBConnection.class);
    }

    /** How many threads work. */
    Threads threads() {
        return threads;
    }

    /** What inserts the messages of the log; for one change at a time. */
    LoggedMessages logged() {
        return logged;
    }

    /** Runs a question in a transaction that is always undone. */
    <T> T read(EventStore.Reader<T> reader) throws SQLException {
        Threads answering = threads;
        answering.begin();
        try (Connection connection = connect();
                Statement transaction = connection.createStatement()) {
            transaction.execute("BEGIN TRANSACTION");
            try {
                return reader.read(connection);
            } finally {
                transaction.execute("ROLLBACK");
            }
        } finally {
            answering.end();
        }
    }

    /** Runs a question whose changes to the database of what is derived stay if it succeeds. */
    <T> T derive(EventStore.Reader<T> reader) throws SQLException {
        Threads answering = threads;
        answering.begin();
        try (DuckDBConnection connection = connect();
                Statement transaction = connection.createStatement()) {
            transaction.execute("BEGIN TRANSACTION");
            try {
                T result = reader.read(connection);
                transaction.execute("COMMIT");
                return result;
            } catch (SQLException | RuntimeException | Error failure) {
                rollBack(connection, failure);
                throw failure;
            }
        } finally {
            answering.end();
        }
    }

    /**
     * Changes tables in one transaction, one change after the other: two that meet would fail on each other.
     *
     * <p>The transaction must be begun in words: after {@code setAutoCommit(false)} alone the appender would commit every
     * 2,048 rows by itself, and a rollback would undo nothing.
     */
    void write(DuckDBConnection connection, Change change) throws SQLException {
        writing.lock();
        try (Statement transaction = connection.createStatement()) {
            transaction.execute("BEGIN TRANSACTION");
            try {
                change.make(transaction);
                transaction.execute("COMMIT");
            } catch (SQLException | RuntimeException | Error failure) {
                rollBack(connection, failure);
                throw failure;
            }
        } finally {
            writing.unlock();
        }
    }

    /**
     * A failed COMMIT has already ended the transaction; then there is nothing to roll back. A statement that failed is
     * closed, so this takes another.
     */
    private static void rollBack(DuckDBConnection connection, Throwable failure) {
        try (Statement rollback = connection.createStatement()) {
            rollback.execute("ROLLBACK");
        } catch (SQLException ended) {
            failure.addSuppressed(ended);
        }
    }

    /** What is to be changed together. */
    @FunctionalInterface
    interface Change {

        /** Makes it, with this statement or over its connection. */
        void make(Statement statement) throws SQLException;
    }

    /** Folds the write-ahead log into the tables, so that the next start need not read it, and lets the file go. */
    @Override
    public void close() throws SQLException {
        try (DuckDBConnection last = root;
                Statement statement = last.createStatement()) {
            statement.execute("CHECKPOINT");
        }
    }
}
