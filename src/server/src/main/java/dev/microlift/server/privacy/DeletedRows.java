package dev.microlift.server.privacy;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Rids the configuration's database of what it keeps of deleted rows. A deleted row stands in its table until that is
 * written anew, and in the write-ahead log until its files are let go.
 */
@ApplicationScoped
class DeletedRows {

    private static final Logger LOG = Logger.getLogger(DeletedRows.class);

    private static final List<String> TABLES =
            List.of("vacuum (full) reject", "vacuum (full) erasure", "vacuum (full) unlinked_id");

    /** The first writes what the log holds into the tables; what follows then begins a new file, and the old ones go. */
    private static final List<String> LOG_FILES = List.of("checkpoint", "select pg_switch_wal()", "checkpoint");

    private static final String OLDER_SNAPSHOTS = "select count(*) from pg_stat_activity where pid <> pg_backend_pid()"
            + " and greatest(age(backend_xmin), age(backend_xid)) >= age('%s'::xid8::xid)";

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final DataSource database;

    DeletedRows(DataSource database) {
        this.database = database;
    }

    /**
     * Does it. Only a superuser may let the files of the log go; of a database whose user is none they stay until it
     * recycles them by itself.
     */
    void purge() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            awaitOlderSnapshots(statement);
            for (String table : TABLES) {
                statement.execute(table);
            }
            purgeLog(statement);
        } catch (SQLException failure) {
            throw new IllegalStateException("the database cannot be rid of deleted rows", failure);
        }
    }

    /** What another transaction may still see as it was is written anew with the rest. */
    private static void awaitOlderSnapshots(Statement statement) throws SQLException {
        String now = text(statement, "select pg_current_xact_id()::text");
        long start = System.nanoTime();
        while (!text(statement, OLDER_SNAPSHOTS.formatted(now)).equals("0")) {
            if (System.nanoTime() - start > LONGEST_WAIT.toNanos()) {
                throw new SQLException("transactions that began before the rows were deleted do not end");
            }
            statement.execute("select pg_sleep(0.05)");
        }
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void purgeLog(Statement statement) {
        try {
            for (String step : LOG_FILES) {
                statement.execute(step);
            }
        } catch (SQLException notAllowed) {
            LOG.warnf(
                    "the database's write-ahead log keeps deleted rows until it is recycled: %s",
                    notAllowed.getMessage());
        }
    }
}
