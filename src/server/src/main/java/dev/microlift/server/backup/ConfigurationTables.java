package dev.microlift.server.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the database says of its tables, as far as it belongs to the configuration. */
final class ConfigurationTables {

    private static final String HISTORY = "flyway_schema_history";

    private static final String COLUMNS = """
            select c.relname, a.attname
            from pg_class c join pg_attribute a on a.attrelid = c.oid
            where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
              and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and c.relname <> '%s'
            order by c.relname, a.attnum""".formatted(HISTORY);

    private static final String REFERENCES = """
            select distinct c.relname, r.relname
            from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class r on r.oid = k.confrelid
            where k.contype = 'f' and k.conrelid <> k.confrelid and c.relnamespace = current_schema()::regnamespace""";

    private static final String SEQUENCES = """
            select sequencename, last_value::text from pg_sequences
            where schemaname = current_schema() and last_value is not null""";

    private static final String MIGRATIONS = """
            select version, '' from %s where success and version is not null order by installed_rank""".formatted(HISTORY);

    private static final String ANYTHING =
            "select relname, '' from pg_class where relnamespace = current_schema()::regnamespace order by relname limit 1";

    private final Connection connection;

    ConfigurationTables(Connection connection) {
        this.connection = connection;
    }

    private record Pair(String first, String second) {}

    private List<Pair> ask(String question) throws SQLException {
        List<Pair> answers = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            while (rows.next()) {
                answers.add(new Pair(rows.getString(1), rows.getString(2)));
            }
        }
        return answers;
    }

    boolean areAbsent() throws SQLException {
        return ask(ANYTHING).isEmpty();
    }

    List<String> migrations() throws SQLException {
        return ask(MIGRATIONS).stream().map(Pair::first).toList();
    }

    Map<String, Long> sequences() throws SQLException {
        Map<String, Long> sequences = new LinkedHashMap<>();
        ask(SEQUENCES).forEach(row -> sequences.put(row.first, Long.valueOf(row.second)));
        return sequences;
    }

    /** Each table with its columns, none before a table that it refers to. */
    Map<String, List<String>> columns() throws SQLException {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        ask(COLUMNS)
                .forEach(row -> columns.computeIfAbsent(row.first, table -> new ArrayList<>())
                        .add(row.second));
        List<Pair> references = ask(REFERENCES);
        Map<String, List<String>> ordered = new LinkedHashMap<>();
        Set<String> waiting = new LinkedHashSet<>(columns.keySet());
        while (!waiting.isEmpty()) {
            List<String> ready = waiting.stream()
                    .filter(table -> references.stream()
                            .filter(reference -> reference.first.equals(table))
                            .noneMatch(reference -> waiting.contains(reference.second)))
                    .toList();
            if (ready.isEmpty()) {
                throw new BackupException("the tables " + waiting + " refer to each other in a circle");
            }
            ready.forEach(table -> ordered.put(table, columns.getOrDefault(table, List.of())));
            ready.forEach(waiting::remove);
        }
        return ordered;
    }
}
