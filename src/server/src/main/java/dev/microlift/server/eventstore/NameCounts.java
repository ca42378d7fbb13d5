package dev.microlift.server.eventstore;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Keeps the counts of event names and their properties. Every batch adds rows of its own; when they have become many they
 * are added up. Inside the transaction that changes the events, so that both always agree.
 */
final class NameCounts {

    private static final String COUNT = StoreSql.file("count_names.sql");
    private static final String COMPACT = StoreSql.file("compact_names.sql");
    private static final long ROWS_BEFORE_COMPACTION = 50_000;

    private long rowsSinceCompaction;
    private long rowsAfterCompaction;

    /** Counts the unsealed messages from a position on. */
    void countFrom(Statement statement, long firstPosition) throws SQLException {
        rowsSinceCompaction +=
                statement.executeUpdate(counting("false", "hot_events where position >= " + firstPosition));
        // Not sooner than the rows have doubled: adding up many names often would cost more than it saves.
        if (rowsSinceCompaction > Math.max(ROWS_BEFORE_COMPACTION, rowsAfterCompaction)) {
            statement.execute(COMPACT);
            rowsSinceCompaction = 0;
            rowsAfterCompaction = rows(statement);
        }
    }

    /** A statement that counts the rows of a table expression. */
    static String counting(String sealed, String rows) {
        return "insert into event_names " + selecting(sealed, rows);
    }

    /** What {@link #counting} would insert. */
    static String selecting(String sealed, String rows) {
        return COUNT.replace("{sealed}", sealed).replace("{rows}", rows);
    }

    private static long rows(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select count(*) from event_names where not sealed")) {
            row.next();
            return row.getLong(1);
        }
    }
}
