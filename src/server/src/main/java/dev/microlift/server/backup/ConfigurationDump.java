package dev.microlift.server.backup;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The configuration out of a database and into another, table by table. Not by pg_dump: the PostgreSQL that the server
 * brings has none, and one of another release than the database would refuse. The tables themselves are not in it, the
 * program's own migrations make them.
 */
final class ConfigurationDump {

    private ConfigurationDump() {}

    /**
     * Opens a picture of the database as it is now, which stays the same until the connection is closed.
     *
     * @throws SQLException if it cannot be reached
     */
    static Connection picture(DataSource database) throws SQLException {
        Connection connection = database.getConnection();
        try {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (Statement first = connection.createStatement()) {
                // The picture is of the moment of the first question.
                first.execute("select 1");
            }
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    /** Writes every table into a backup. */
    static ConfigurationCopy write(Connection picture, Path backup, List<BackupFile> files)
            throws SQLException, IOException {
        ConfigurationTables tables = new ConfigurationTables(picture);
        List<TableCopy> copies = new ArrayList<>();
        for (Map.Entry<String, List<String>> table : tables.columns().entrySet()) {
            copies.add(write(picture, table.getKey(), table.getValue(), backup, files));
        }
        return new ConfigurationCopy(tables.migrations(), copies, tables.sequences());
    }

    private static TableCopy write(
            Connection picture, String table, List<String> columns, Path backup, List<BackupFile> files)
            throws SQLException, IOException {
        String copy = "copy (select " + quoted(columns) + " from " + quoted(table) + ") to stdout";
        AtomicLong rows = new AtomicLong();
        files.add(BackupFile.write(backup, TableCopy.pathOf(table), out -> {
            try {
                rows.set(copying(picture).copyOut(copy, out));
            } catch (SQLException failure) {
                throw new IOException("the table " + table + " cannot be read: " + failure.getMessage(), failure);
            }
        }));
        return new TableCopy(table, columns, rows.get());
    }

    /** @throws BackupException if there is anything in the database */
    static void requireEmpty(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (!new ConfigurationTables(connection).areAbsent()) {
                throw new BackupException("the configuration database is not empty. Give a new one: "
                        + "what is in it would be mixed with what is restored");
            }
        }
    }

    /**
     * Makes the tables as they were and fills them. A later program brings them up to date at its start.
     *
     * @throws BackupException if this program does not know how the tables were made, or they cannot be filled
     */
    static void load(ConfigurationCopy configuration, Path backup, DataSource database) throws IOException {
        migrate(configuration, database);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                // Migrations put in rows of their own.
                statement.execute("truncate "
                        + configuration.tables().stream()
                                .map(table -> quoted(table.name()))
                                .collect(joining(", ")));
            }
            for (TableCopy table : configuration.tables()) {
                fill(connection, table, backup.resolve(table.path()));
            }
            for (Map.Entry<String, Long> sequence : configuration.sequences().entrySet()) {
                try (PreparedStatement set = connection.prepareStatement("select setval(?::regclass, ?)")) {
                    set.setString(1, quoted(sequence.getKey()));
                    set.setLong(2, sequence.getValue());
                    set.execute();
                }
            }
            connection.commit();
        } catch (SQLException failure) {
            throw new BackupException("the configuration cannot be loaded: " + failure.getMessage(), failure);
        }
    }

    private static void migrate(ConfigurationCopy configuration, DataSource database) {
        ClassLoader program = ConfigurationDump.class.getClassLoader();
        try {
            FluentConfiguration migrations =
                    Flyway.configure(program).dataSource(database).locations("classpath:db/migration");
            requireKnown(configuration.migrations(), migrations.load().info().all());
            configuration.migrations().stream()
                    .map(MigrationVersion::fromVersion)
                    .max(MigrationVersion::compareTo)
                    .ifPresent(last -> migrations.target(last).load().migrate());
        } catch (FlywayException failure) {
            throw new BackupException("the configuration's tables cannot be made: " + failure.getMessage(), failure);
        }
    }

    private static void requireKnown(List<String> wanted, MigrationInfo[] resolved) {
        List<String> known =
                Stream.of(resolved).map(info -> info.getVersion().getVersion()).toList();
        List<String> unknown =
                wanted.stream().filter(version -> !known.contains(version)).toList();
        if (!unknown.isEmpty()) {
            throw new BackupException(
                    "the configuration is of a later Microlift: this one does not know its migrations " + unknown
                            + ". Restore it with the version that made the backup, or a later one");
        }
    }

    private static void fill(Connection connection, TableCopy table, Path file) throws SQLException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            long rows = copying(connection)
                    .copyIn("copy " + quoted(table.name()) + " (" + quoted(table.columns()) + ") from stdin", in);
            if (rows != table.rows()) {
                throw new BackupException(
                        "the table %s has %d rows instead of %d".formatted(table.name(), rows, table.rows()));
            }
        }
    }

    private static CopyManager copying(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private static String quoted(List<String> names) {
        return names.stream().map(ConfigurationDump::quoted).collect(joining(", "));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
