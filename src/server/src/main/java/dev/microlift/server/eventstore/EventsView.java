package dev.microlift.server.eventstore;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The views over unsealed rows and sealed files. They name each file, so that a file that is being written is in nobody's
 * sight; and they are made anew at every start, so that the data directory may move.
 */
final class EventsView {

    private static final String VIEWS = StoreSql.file("views.sql");

    private EventsView() {}

    /** Makes them; inside a transaction others see the old ones until its end. */
    static void create(Statement statement, List<Path> sealed) throws SQLException {
        String union = sealed.isEmpty() ? "" : "union all select * from " + parquet(sealed);
        statement.execute(VIEWS.replace("{sealed}", union));
    }

    /** Sealed files as a table expression. */
    static String parquet(List<Path> files) {
        return files.stream()
                .map(StoreSql::quoted)
                // The folders' names look like a column, and are none.
                .collect(Collectors.joining(", ", "read_parquet([", "], hive_partitioning = false)"));
    }
}
