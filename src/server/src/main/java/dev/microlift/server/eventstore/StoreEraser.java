package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import org.duckdb.DuckDBConnection;

/**
 * Erases messages from the sealed files and the database, so that no file holds a byte of them. Each step may be taken
 * again after a process that ended on the way.
 *
 * <p>A sealed file is written anew and takes the place of the old one under the same name; it stands for as many messages
 * of the log as before, so that a rebuild misses none; what is not sealed yet is counted for the file that will be. The
 * database keeps deleted rows in blocks that it uses again some day; only a new file is rid of them.
 */
final class StoreEraser {

    private final DuckDb database;
    private final SealedFolder folder;
    private final SealedTables tables;

    StoreEraser(DuckDb database, SealedFolder folder) {
        this.database = database;
        this.folder = folder;
        this.tables = new SealedTables(database, folder);
    }

    /** Erases; gives how many rows it found. */
    long erase(Selection selection) throws SQLException, IOException {
        String doomed = SelectedRows.condition(selection);
        if (selection instanceof Selection.OfUnit) {
            // It will come to that: better before anything is written.
            database.requireRoomToWriteAnew();
        }
        // What an ended process left half written.
        folder.clear();
        long erased = 0;
        for (SealedFile file : database.read(SealedTables::files)) {
            erased += eraseSealed(file, doomed);
        }
        erased += eraseUnsealed(doomed);
        // Of a unit also when nothing is left: an ended process may have got just so far.
        if (erased > 0 || selection instanceof Selection.OfUnit) {
            database.writeAnew(tables::view);
        }
        return erased;
    }

    /** Erases from a sealed file. */
    long eraseSealed(SealedFile file, String doomed) throws SQLException, IOException {
        Path path = folder.of(file);
        String rows = EventsView.parquet(List.of(path));
        long found = database.read(connection -> count(connection, rows, doomed));
        if (found > 0) {
            // Before the file is in its place: afterwards nobody would see that this is still to be done.
            countNamesAnew(file.day(), doomed);
            folder.clear();
            try (DuckDBConnection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                String kept = "(select * from " + rows + " where not " + doomed + ")";
                statement.execute("copy " + kept + " to "
                        + SealedFolder.format(
                                statement, folder.unfinished(), kept, SealedTables.messages(connection, path)));
            }
            folder.publish(file);
        }
        return found;
    }

    private void countNamesAnew(LocalDate day, String doomed) throws SQLException {
        database.write(statement -> {
            List<SealedFile> ofDay = SealedTables.files(statement.getConnection()).stream()
                    .filter(file -> file.day().equals(day))
                    .toList();
            statement.execute("delete from event_names where sealed and day = date '" + day + "'");
            statement.execute(NameCounts.counting(
                    "true", "(select * from " + EventsView.parquet(folder.of(ofDay)) + " where not " + doomed + ")"));
        });
    }

    /** Erases from the database, whose file still holds the bytes. */
    long eraseUnsealed(String doomed) throws SQLException {
        long found = database.read(connection -> count(connection, "hot_events", doomed));
        database.write(statement -> {
            if (found > 0) {
                statement.execute(
                        "insert into erased select epoch_ms(received_ms)::date, min(position), max(position), count(*)"
                                + " from hot_events where " + doomed + " group by all");
                statement.execute("delete from hot_events where " + doomed);
                statement.execute("delete from event_names where not sealed");
                statement.execute(NameCounts.counting("false", "hot_events"));
            }
            statement.execute("update loaded set watermark_ms = (select max(least(time_ms, received_ms)) from events)");
        });
        return found;
    }

    private static long count(Connection connection, String rows, String condition) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + rows + " where " + condition)) {
            row.next();
            return row.getLong(1);
        }
    }
}
