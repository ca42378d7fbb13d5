package dev.microlift.server.report.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A block of a report as rows of equal columns. Objects inside objects become columns with dotted names, and so do the
 * items of short lists of figures. A list of objects inside an object makes a row for each; lists that all speak of
 * variants, and of each only once, share the row of their variant.
 *
 * @param columns names, in the order they first appear
 * @param rows cells by the name of their column; absent where there is nothing
 */
public record FlatTable(List<String> columns, List<Map<String, JsonNode>> rows) {

    private static final String VARIANT = "variant";

    /** The table of one block: a list of objects, or one object. */
    public static FlatTable of(JsonNode block) {
        List<Map<String, JsonNode>> rows = new ArrayList<>();
        if (block.isArray()) {
            block.forEach(item -> rows.addAll(rows(item, "")));
        } else {
            rows.addAll(rows(block, ""));
        }
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.keySet()));
        return new FlatTable(List.copyOf(columns), rows);
    }

    private static List<Map<String, JsonNode>> rows(JsonNode node, String prefix) {
        Map<String, JsonNode> own = new LinkedHashMap<>();
        Map<String, JsonNode> lists = new LinkedHashMap<>();
        collect(node, prefix, own, lists);
        if (lists.isEmpty()) {
            return List.of(own);
        }
        List<Map<String, JsonNode>> parts =
                lists.values().stream().allMatch(FlatTable::speaksOnceOfVariants) ? byVariant(lists) : oneByOne(lists);
        List<Map<String, JsonNode>> rows = new ArrayList<>();
        for (Map<String, JsonNode> part : parts) {
            Map<String, JsonNode> row = new LinkedHashMap<>(own);
            row.putAll(part);
            rows.add(row);
        }
        return rows;
    }

    private static void collect(JsonNode node, String prefix, Map<String, JsonNode> own, Map<String, JsonNode> lists) {
        node.properties().forEach(field -> {
            String name = prefix + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject()) {
                collect(value, name + ".", own, lists);
            } else if (value.isArray() && isOfObjects(value)) {
                lists.put(name, value);
            } else if (value.isArray()) {
                for (int i = 0; i < value.size(); i++) {
                    own.put(name + "." + i, value.get(i));
                }
            } else {
                own.put(name, value);
            }
        });
    }

    private static boolean isOfObjects(JsonNode list) {
        return !list.isEmpty() && list.get(0).isObject();
    }

    private static boolean speaksOnceOfVariants(JsonNode list) {
        Set<JsonNode> variants = new HashSet<>();
        for (JsonNode item : list) {
            if (!item.has(VARIANT) || !variants.add(item.get(VARIANT))) {
                return false;
            }
        }
        return true;
    }

    /** One row for each variant, whichever of the lists tell something of it. */
    private static List<Map<String, JsonNode>> byVariant(Map<String, JsonNode> lists) {
        Map<JsonNode, List<Map<String, JsonNode>>> byVariant = new LinkedHashMap<>();
        lists.forEach((name, list) -> list.forEach(item -> {
            List<Map<String, JsonNode>> told = told(name, item);
            List<Map<String, JsonNode>> rows =
                    byVariant.computeIfAbsent(item.get(VARIANT), variant -> new ArrayList<>());
            for (int i = 0; i < told.size(); i++) {
                if (rows.size() <= i) {
                    rows.add(told.get(i));
                } else {
                    rows.get(i).putAll(told.get(i));
                }
            }
        }));
        return byVariant.values().stream().flatMap(List::stream).toList();
    }

    private static List<Map<String, JsonNode>> oneByOne(Map<String, JsonNode> lists) {
        List<Map<String, JsonNode>> rows = new ArrayList<>();
        lists.forEach((name, list) -> list.forEach(item -> rows.addAll(told(name, item))));
        return rows;
    }

    /** What an item tells. Its variant has the same column in every list. */
    private static List<Map<String, JsonNode>> told(String name, JsonNode item) {
        List<Map<String, JsonNode>> rows = new ArrayList<>();
        for (Map<String, JsonNode> told : rows(item, name + ".")) {
            Map<String, JsonNode> row = new LinkedHashMap<>();
            if (item.has(VARIANT)) {
                row.put(VARIANT, item.get(VARIANT));
                told.remove(name + "." + VARIANT);
            }
            row.putAll(told);
            rows.add(row);
        }
        return rows;
    }

    /** The text of a cell; null for nothing. */
    static @Nullable String text(@Nullable JsonNode cell) {
        return cell == null || cell.isNull() || cell.isArray() ? null : cell.asText();
    }
}
