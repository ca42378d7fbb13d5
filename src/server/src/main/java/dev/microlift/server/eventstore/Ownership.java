package dev.microlift.server.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Whose anonymous ids are. */
final class Ownership {

    private Ownership() {}

    static List<String> anonymousIdsOf(Connection connection, String userId) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select anonymous_id from links where user_id = ? order by all")) {
            query.setString(1, userId);
            List<String> owned = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    owned.add(rows.getString(1));
                }
            }
            return owned;
        }
    }

    /** Makes these, and no others, ids that belong to nobody. */
    static void disown(Statement statement, Collection<String> anonymousIds) throws SQLException {
        String ids = anonymousIds.stream().map(StoreSql::quoted).collect(Collectors.joining(", ", "[", "]::varchar[]"));
        statement.execute("delete from unlinked where not list_contains(" + ids + ", anonymous_id)");
        statement.execute("insert into unlinked select unnest(" + ids + ") except select anonymous_id from unlinked");
    }
}
