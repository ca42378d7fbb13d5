package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.Selection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * An id that came in one message with that of a user or of an anonymous visitor.
 *
 * @param shared whether it also came with another id of that unit's type: it may be somebody else's
 */
public record LinkedUnit(String unitType, String id, boolean shared) {

    private static final String QUERY = StoreSql.file("unit_links.sql");

    /** The first thousand of a unit; none of a unit of another type, which is a group and no person. */
    static List<LinkedUnit> of(Connection connection, Selection.OfUnit unit) throws SQLException {
        List<LinkedUnit> linked = new ArrayList<>();
        if (!unit.unitType().equals("user") && !unit.unitType().equals("anonymous")) {
            return linked;
        }
        String sql = QUERY.replace("{limit}", "1001")
                .replace("{unit}", SelectedRows.condition(unit))
                .replace("{id}", StoreSql.quoted(unit.id()));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                LinkedUnit found = new LinkedUnit(rows.getString(1), rows.getString(2), rows.getBoolean(3));
                if (!found.id().equals(unit.id()) || !found.unitType().equals(unit.unitType())) {
                    linked.add(found);
                }
            }
        }
        return linked;
    }
}
