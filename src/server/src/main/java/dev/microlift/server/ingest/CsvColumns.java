package dev.microlift.server.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.document.Faults;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the columns of an import mean: {@code type}, {@code messageId}, {@code event}, {@code userId}, {@code anonymousId}
 * and {@code timestamp} are fields of a message; {@code units.<type>} is an id; {@code properties.<name>},
 * {@code traits.<name>} and {@code context.<name>} are values, where dots lead into objects as they do in a step's
 * conditions. An empty cell is absent. A value that is written like a number of JSON, {@code true} or {@code false} is that;
 * {@code :text} behind the column's name keeps it a text.
 */
final class CsvColumns {

    private static final Set<String> FIELDS =
            Set.of("type", "messageId", "event", "userId", "anonymousId", "timestamp");

    private static final Set<String> OBJECTS = Set.of("properties", "traits", "context");

    private static final String UNITS = "units.";
    private static final String TEXT = ":text";
    private static final int MOST = 1_000;

    private final List<Column> columns;
    private final StrictJson json;

    private CsvColumns(List<Column> columns, StrictJson json) {
        this.columns = columns;
        this.json = json;
    }

    /**
     * Where a cell goes.
     *
     * @param path the names of the objects that lead there, and its own
     * @param isTyped true if numbers and truth values are taken as such
     */
    private record Column(List<String> path, boolean isTyped) {

        void put(ObjectNode message, String cell, StrictJson json) {
            ObjectNode place = message;
            for (String name : path.subList(0, path.size() - 1)) {
                place = place.withObjectProperty(name);
            }
            String name = path.get(path.size() - 1);
            place.set(name, isTyped ? json.scalar(cell) : JsonNodeFactory.instance.textNode(cell));
        }
    }

    /**
     * Reads the first row.
     *
     * @throws dev.microlift.server.problem.ProblemException if a name means nothing, or two mean the same
     */
    static CsvColumns of(List<String> names, StrictJson json) {
        Faults faults = new Faults();
        if (names.size() > MOST) {
            faults.add("", "too-many-columns", "there are at most " + MOST + " columns");
        }
        Set<List<String>> taken = new HashSet<>();
        Set<List<String>> objects = new HashSet<>();
        List<Column> columns = new ArrayList<>();
        for (String name : names.subList(0, Math.min(MOST, names.size()))) {
            Column column = column(name.strip());
            columns.add(column);
            if (column.path().size() > Limits.DEPTH) {
                faults.add("", "too-deep-column", "a column's name has at most " + Limits.DEPTH + " parts");
            } else if (column.path().isEmpty()) {
                faults.add("", "unknown-column", "no column is called " + name);
            } else if (!taken.add(column.path())) {
                faults.add("", "duplicate-column", "more than one column is called " + name);
            }
            for (int i = 1; i < column.path().size(); i++) {
                objects.add(column.path().subList(0, i));
            }
        }
        objects.retainAll(taken);
        objects.forEach(both -> faults.add(
                "", "conflicting-column", String.join(".", both) + " cannot be a value and hold others as well"));
        faults.throwIfAny();
        return new CsvColumns(columns, json);
    }

    private static Column column(String name) {
        if (FIELDS.contains(name)) {
            return new Column(List.of(name), false);
        }
        if (name.startsWith(UNITS) && name.length() > UNITS.length()) {
            return new Column(List.of("context", "units", name.substring(UNITS.length())), false);
        }
        boolean isText = name.endsWith(TEXT);
        String plain = isText ? name.substring(0, name.length() - TEXT.length()) : name;
        List<String> path = List.of(plain.split("\\.", -1));
        boolean isValue = path.size() > 1 && OBJECTS.contains(path.get(0)) && !path.contains("");
        return new Column(isValue ? path : List.of(), !isText);
    }

    int size() {
        return columns.size();
    }

    /** The message that a row stands for. */
    ObjectNode message(List<String> cells) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < cells.size(); i++) {
            if (!cells.get(i).isEmpty()) {
                columns.get(i).put(message, cells.get(i), json);
            }
        }
        return message;
    }
}
