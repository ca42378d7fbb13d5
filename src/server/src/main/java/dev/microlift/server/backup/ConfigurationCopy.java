package dev.microlift.server.backup;

import java.util.List;
import java.util.Map;

/**
 * The configuration database in a backup.
 *
 * @param migrations what had made its tables, oldest first
 * @param tables in an order in which none refers to a later one
 * @param sequences what each gave last; those that gave nothing are left out
 */
public record ConfigurationCopy(List<String> migrations, List<TableCopy> tables, Map<String, Long> sequences) {

    public ConfigurationCopy {
        migrations = List.copyOf(migrations);
        tables = List.copyOf(tables);
        sequences = Map.copyOf(sequences);
    }
}
