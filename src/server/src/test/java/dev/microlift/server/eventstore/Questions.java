package dev.microlift.server.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Asks a store in SQL; each row comes back as one text, its columns parted by bars. */
public final class Questions {

    private Questions() {}

    /** The rows of a query with parameters. */
    public static List<String> ask(EventStore store, String sql, Object... parameters) {
        return store.read(connection -> rows(connection, sql, parameters));
    }

    static List<String> rows(Connection connection, String sql, Object... parameters) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                        row.add(String.valueOf(found.getString(i)));
                    }
                    rows.add(String.join("|", row));
                }
            }
        }
        return rows;
    }
}
