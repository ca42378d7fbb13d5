package dev.microlift.server.backup;

import java.util.List;

/**
 * A table of the configuration in a backup.
 *
 * @param columns in the order of their values
 * @param rows how many it has
 */
public record TableCopy(String name, List<String> columns, long rows) {

    public TableCopy {
        columns = List.copyOf(columns);
    }

    /** Its rows, as PostgreSQL's COPY writes them as text. */
    String path() {
        return pathOf(name);
    }

    static String pathOf(String table) {
        return "configuration/" + table + ".copy";
    }
}
