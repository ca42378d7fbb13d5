package dev.microlift.server.eventstore;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;

/** What the tables know of sealed files. */
final class SealedTables {

    private final DuckDb database;
    private final SealedFolder folder;

    SealedTables(DuckDb database, SealedFolder folder) {
        this.database = database;
        this.folder = folder;
    }

    /** The files that questions are asked of, in the order of days and positions. */
    static List<SealedFile> files(Connection connection) throws SQLException {
        List<SealedFile> files = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select day, first_position, last_position from sealed_files order by day, first_position")) {
            while (rows.next()) {
                files.add(new SealedFile(rows.getDate(1).toLocalDate(), rows.getLong(2), rows.getLong(3)));
            }
        }
        return files;
    }

    /** How many messages of the log a file stands for, as it says itself. */
    static long messages(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select decode(value)::bigint from parquet_kv_metadata("
                        + StoreSql.quoted(file) + ") where decode(key) = 'messages'")) {
            if (!row.next()) {
                throw new SQLException("it does not say how many messages it stands for");
            }
            return row.getLong(1);
        }
    }

    /** Makes the views of everything that is known. */
    void view() throws SQLException {
        try (DuckDBConnection connection = database.connect();
                Statement statement = connection.createStatement()) {
            EventsView.create(statement, folder.of(files(connection)));
        }
    }

    /**
     * Brings folder and tables together: files that were published, but whose rows are still in the table because the
     * process ended or the disk was full, take their place.
     *
     * @throws EventStoreException if they do not belong together
     */
    void reconcile(long loaded) throws SQLException, IOException {
        List<SealedFile> known = database.read(SealedTables::files);
        List<SealedFile> there = folder.files();
        for (SealedFile file : known) {
            if (!there.contains(file)) {
                throw new EventStoreException("the sealed file " + folder.of(file)
                        + " is missing. Put it back; what is in it is nowhere else");
            }
        }
        for (SealedFile file : there) {
            if (known.contains(file)) {
                continue;
            }
            folder.refuseOverlaps(there);
            if (file.lastPosition() > loaded) {
                throw new EventStoreException("the tables are older than the sealed file " + folder.of(file)
                        + ". Make them anew by rebuild-store");
            }
            register(file);
        }
    }

    /**
     * Puts a file in the place of its rows, in one transaction: nobody sees them twice or not at all. It may be called
     * again after a process that ended on the way.
     */
    void register(SealedFile file) throws SQLException {
        Path path = folder.of(file);
        String rows = EventsView.parquet(List.of(path));
        try (DuckDBConnection connection = database.connect();
                Statement prepare = connection.createStatement()) {
            long messages = messages(connection, path);
            // Before the transaction, because loading waits for it.
            prepare.execute("create temporary table sealed_names as " + NameCounts.selecting("true", rows));
            database.write(connection, statement -> {
                statement.execute("delete from hot_events where " + file.rows());
                statement.execute("delete from erased where day = date '" + file.day() + "' and last_position <= "
                        + file.lastPosition());
                countAnew(statement, file);
                add(connection, file, messages);
                EventsView.create(statement, folder.of(files(connection)));
                correctWatermark(statement, rows, messages);
            });
        }
    }

    private static void countAnew(Statement statement, SealedFile file) throws SQLException {
        statement.execute("delete from event_names where not sealed and day = date '" + file.day() + "'");
        statement.execute("insert into event_names select * from sealed_names");
        statement.execute(NameCounts.counting("false", "hot_events where " + SealedFile.receivedOn(file.day())));
    }

    private static void add(Connection connection, SealedFile file, long messages) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into sealed_files values (?, ?::date, ?, ?, ?)")) {
            insert.setString(1, file.name());
            insert.setString(2, file.day().toString());
            insert.setLong(3, file.firstPosition());
            insert.setLong(4, file.lastPosition());
            insert.setLong(5, messages);
            insert.execute();
        }
    }

    /** The latest event may have been a repeated one that is not there any more. */
    private static void correctWatermark(Statement statement, String rows, long messages) throws SQLException {
        long kept;
        try (ResultSet row = statement.executeQuery("select count(*) from " + rows)) {
            row.next();
            kept = row.getLong(1);
        }
        if (kept < messages) {
            statement.execute("update loaded set watermark_ms = (select max(least(time_ms, received_ms)) from events)");
        }
    }
}
