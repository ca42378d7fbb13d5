package dev.microlift.server.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventlog.Selection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The units that were erased, by their hashes alone. Immutable. */
final class KnownUnits {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What may be an id in a text of any format: between quotes, or between what parts values elsewhere. It never
     * looks back into a quoted text, which would take a frame of the stack for each of its letters.
     */
    private static final Pattern VALUE = Pattern.compile("\"((?:[^\"\\\\]++|\\\\.)*+)\"|[^\\s\",;:{}\\[\\]]+");

    private final UnitHash hashes;
    private final long[] quick;
    private final Set<String> units;
    private final Set<String> unitTypes;

    /** @param quick the quick hashes of the units, in any order */
    KnownUnits(UnitHash hashes, long[] quick, Set<String> units, Set<String> unitTypes) {
        this.hashes = hashes;
        this.quick = quick.clone();
        Arrays.sort(this.quick);
        this.units = Set.copyOf(units);
        this.unitTypes = Set.copyOf(unitTypes);
    }

    boolean holds(String unitType, String id) {
        return Arrays.binarySearch(quick, hashes.quick(unitType, id)) >= 0 && units.contains(hashes.of(unitType, id));
    }

    /** Whether a message carries the id of one of them, also as a former id. */
    boolean concerns(Message message) {
        if (quick.length == 0) {
            return false;
        }
        if (isOf("user", message.userId()) || isOf("anonymous", message.anonymousId())) {
            return true;
        }
        for (Map.Entry<String, String> unit : message.units().entrySet()) {
            if (holds(unit.getKey(), unit.getValue())) {
                return true;
            }
        }
        return message.kind() == Kind.ALIAS && isFormerId(message.properties());
    }

    private boolean isOf(String unitType, @Nullable String id) {
        return id != null && holds(unitType, id);
    }

    private boolean isFormerId(String properties) {
        try {
            String former = JSON.readTree(properties).path(Selection.FORMER_ID).asText();
            return holds("user", former) || holds("anonymous", former);
        } catch (JsonProcessingException unreadable) {
            return false;
        }
    }

    /** Whether a text of any format, of which nothing more is known, has the id of one of them as a value. */
    boolean isMentionedIn(String text) {
        if (quick.length == 0) {
            return false;
        }
        Matcher values = VALUE.matcher(text);
        while (values.find()) {
            for (String value : readings(values)) {
                if (unitTypes.stream().anyMatch(type -> holds(type, value))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<String> readings(Matcher value) {
        if (value.group(1) == null) {
            return List.of(value.group());
        }
        try {
            return List.of(value.group(1), JSON.readValue(value.group(), String.class));
        } catch (JsonProcessingException noJson) {
            return List.of(value.group(1));
        }
    }
}
