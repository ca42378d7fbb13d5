package dev.microlift.benchmarks.trials;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.microlift.server.eventstore.EventStore;
import dev.microlift.server.eventstore.LoaderLag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/** The event store's own tables and views, filled by the database itself and not from a log. */
final class GeneratedStore implements EventStore, AutoCloseable {

    private static final String STORE = "/dev/microlift/server/eventstore/";

    private final DuckDBConnection root;

    GeneratedStore(Path file, int threads, String memory) throws SQLException, IOException {
        Properties properties = new Properties();
        properties.setProperty("memory_limit", memory);
        properties.setProperty("threads", Integer.toString(threads));
        properties.setProperty("temp_directory", file.resolveSibling("spill").toString());
        root = new DuckDBDriver().connect("jdbc:duckdb:" + file, properties).unwrap(DuckDBConnection.class);
        run(text(STORE + "events.sql"));
        run(text(STORE + "views.sql").replace("{sealed}", ""));
        run("attach ':memory:' as derived (compress)");
    }

    void limitMemory(String memory) throws SQLException {
        run("set memory_limit = '" + memory + "'");
    }

    static String text(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(GeneratedStore.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    /** Runs a statement to its last row. */
    void run(String sql) throws SQLException {
        try (Statement statement = root.createStatement()) {
            boolean hasRows = statement.execute(sql);
            if (hasRows) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        // only to have them
                    }
                }
            }
        }
    }

    long number(String sql) throws SQLException {
        try (Statement statement = root.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Says that everything is loaded. */
    void loaded() throws SQLException {
        run("update loaded set position = (select max(position) from hot_events),"
                + " watermark_ms = (select max(least(time_ms, received_ms)) from hot_events)");
    }

    Connection connect() throws SQLException {
        return root.duplicate();
    }

    @Override
    public <T> T read(Reader<T> reader) {
        return derive(reader);
    }

    @Override
    public <T> T derive(Reader<T> reader) {
        try (Connection connection = connect();
                Statement transaction = connection.createStatement()) {
            transaction.execute("BEGIN TRANSACTION");
            T result = reader.read(connection);
            transaction.execute("COMMIT");
            return result;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public LoaderLag lag() {
        return new LoaderLag(0, Duration.ZERO);
    }

    @Override
    public void close() throws SQLException {
        root.close();
    }
}
