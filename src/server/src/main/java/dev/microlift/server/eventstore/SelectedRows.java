package dev.microlift.server.eventstore;

import dev.microlift.server.eventlog.Selection;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A selection of messages as a condition on rows of events. It is true or false, never null. */
final class SelectedRows {

    /** What the view of links may take for one. */
    private static final String LINK =
            "kind = 'identify' and not bot and user_id is not null and anonymous_id is not null";

    private SelectedRows() {}

    static String condition(Selection selection) {
        if (selection instanceof Selection.OfUnit unit) {
            return "coalesce(" + ofUnit(unit) + ", false)";
        }
        return expired((Selection.Expired) selection);
    }

    private static String ofUnit(Selection.OfUnit unit) {
        String id = StoreSql.quoted(unit.id());
        String amongUnits = "units[" + StoreSql.quoted(unit.unitType()) + "] = " + id;
        String wasFormerId =
                "(kind = 'alias' and json_extract_string(properties, '$." + Selection.FORMER_ID + "') = " + id + ")";
        return switch (unit.unitType()) {
            case "user" -> "user_id = " + id + " or " + amongUnits + " or " + wasFormerId;
            case "anonymous" -> "anonymous_id = " + id + " or " + amongUnits + " or " + wasFormerId;
            default -> amongUnits;
        };
    }

    private static String expired(Selection.Expired expired) {
        String kept = expired.keepsLinks() ? LINK : "false";
        String others = expired.othersBefore()
                .map(before -> "else received_ms < " + before.toEpochMilli())
                .orElse("else false");
        Map<String, Instant> byEvent = new TreeMap<>(expired.receivedBefore());
        return byEvent.entrySet().stream()
                .map(entry -> "when name = " + StoreSql.quoted(entry.getKey()) + " then received_ms < "
                        + entry.getValue().toEpochMilli())
                .collect(Collectors.joining(" ", "case when " + kept + " then false ", " " + others + " end"));
    }
}
