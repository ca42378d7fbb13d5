package dev.microlift.server.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/** One open database file. It belongs to this process alone for as long as it is open. */
final class DuckDb implements AutoCloseable {

    /** The oldest release that may read the file, so that a downgrade of the server finds its data. */
    private static final String STORAGE_VERSION = "v1.4.0";

    private final DuckDBConnection root;

    private DuckDb(DuckDBConnection root) {
        this.root = root;
    }

    /** Opens the file, making it and its tables if they are absent. */
    static DuckDb open(Path directory, EventStoreSettings settings) throws SQLException {
        Path file = directory.resolve("events.duckdb");
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
        DuckDBConnection root =
                new DuckDBDriver().connect("jdbc:duckdb:" + file, properties).unwrap(DuckDBConnection.class);
        try (Statement statement = root.createStatement()) {
            statement.execute(resource("events.sql"));
        } catch (SQLException | RuntimeException failure) {
            root.close();
            throw failure;
        }
        return new DuckDb(root);
    }

    private static Path spill(Path directory) {
        try {
            return Files.createDirectories(directory.resolve("events-spill"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(DuckDb.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Another connection to the same database. Connections do not wait for each other. */
    DuckDBConnection connect() throws SQLException {
        return root.duplicate().unwrap(DuckDBConnection.class);
    }

    /** Runs a question in a transaction that is always undone. */
    <T> T read(EventStore.Reader<T> reader) throws SQLException {
        try (Connection connection = connect();
                Statement transaction = connection.createStatement()) {
            transaction.execute("BEGIN TRANSACTION");
            try {
                return reader.read(connection);
            } finally {
                transaction.execute("ROLLBACK");
            }
        }
    }

    /** Folds the write-ahead log into the tables, so that the next start need not read it, and lets the file go. */
    @Override
    public void close() throws SQLException {
        try (root;
                Statement statement = root.createStatement()) {
            statement.execute("CHECKPOINT");
        }
    }
}
