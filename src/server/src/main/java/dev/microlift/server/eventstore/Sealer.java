package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.EventLog;
import dev.microlift.server.eventlog.Selection;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Turns the messages of finished days into Parquet files, so that the database stays small and the log need not be kept.
 *
 * <p>Each step leaves something that the next start can go on from: an unfinished file is nobody's; a file with its name
 * takes the place of its rows, at once or at the next start; what is released is found from the rows that are left.
 */
final class Sealer {

    /** What was acknowledged on a day may be loaded a little after it. */
    static final Duration GRACE = Duration.ofHours(1);

    private static final Logger LOG = Logger.getLogger(Sealer.class);
    private static final String SEAL = StoreSql.file("seal.sql");
    private static final String UNSEALED = StoreSql.file("unsealed.sql");

    private final DuckDb database;
    private final SealedFolder folder;
    private final SealedTables tables;
    private final EventLog log;

    Sealer(DuckDb database, SealedFolder folder, EventLog log) {
        this.database = database;
        this.folder = folder;
        this.tables = new SealedTables(database, folder);
        this.log = log;
    }

    /** Erases rows from what is sealed and what is not; not while a day is being sealed. */
    synchronized long erase(Selection selection) throws SQLException, IOException {
        registerPublished();
        return new StoreEraser(database, folder).erase(selection);
    }

    /** Seals the days that are over at this moment, then lets the log forget what it need not keep. */
    synchronized void seal(Instant now) throws SQLException, IOException {
        registerPublished();
        for (LocalDate day : finishedDays(now)) {
            Optional<SealedFile> file = write(day);
            if (file.isPresent()) {
                folder.publish(file.get());
                tables.register(file.get());
                LOG.infof("sealed %s", file.get().name());
            }
        }
        release();
    }

    /** A file that got its name, but did not get into the tables, stands for rows that are still there. */
    private void registerPublished() throws SQLException, IOException {
        tables.reconcile(database.read(Loaded::read).position());
    }

    List<LocalDate> finishedDays(Instant now) throws SQLException {
        LocalDate current = LocalDate.ofInstant(now.minus(GRACE), ZoneOffset.UTC);
        return database.read(connection -> {
            List<LocalDate> days = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "select epoch_ms(received_ms)::date as day from hot_events where received_ms < "
                                    + current.atStartOfDay(ZoneOffset.UTC)
                                            .toInstant()
                                            .toEpochMilli()
                                    + " union select day from erased where day < date '" + current
                                    + "' order by day")) {
                while (rows.next()) {
                    days.add(rows.getDate(1).toLocalDate());
                }
            }
            return days;
        });
    }

    /** Writes a day's rows to the unfinished file; empty if there are none, not even erased ones. */
    Optional<SealedFile> write(LocalDate day) throws SQLException, IOException {
        folder.clear();
        return database.read(connection -> {
            try (Statement statement = connection.createStatement()) {
                SealedFile file;
                long messages;
                try (ResultSet row = statement.executeQuery(
                        UNSEALED.replace("{rows}", SealedFile.receivedOn(day)).replace("{day}", day.toString()))) {
                    row.next();
                    messages = row.getLong(1);
                    file = new SealedFile(day, row.getLong(2), row.getLong(3));
                }
                if (messages == 0) {
                    return Optional.empty();
                }
                List<SealedFile> sealed = SealedTables.files(connection);
                statement.execute(SEAL.replace("{rows}", file.rows())
                        .replace(
                                "{sealed}",
                                sealed.isEmpty() ? "hot_events where false" : EventsView.parquet(folder.of(sealed)))
                        .replace(
                                "{file}",
                                SealedFolder.format(
                                        statement,
                                        folder.unfinished(),
                                        "(select * from hot_events where " + file.rows() + ")",
                                        messages)));
                return Optional.of(file);
            }
        });
    }

    /** Lets the log forget what stands before the first row that is in no sealed file. */
    void release() throws SQLException {
        log.release(database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select coalesce((select min(position) - 1 from hot_events),"
                            + " (select position from loaded))")) {
                row.next();
                return row.getLong(1);
            }
        }));
    }
}
