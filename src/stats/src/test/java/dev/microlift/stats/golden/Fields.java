package dev.microlift.stats.golden;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A result record as a map from field names to numbers, texts, booleans, null, and lists and maps of these. */
final class Fields {

    private Fields() {}

    static Map<String, @Nullable Object> of(Record result) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (RecordComponent component : result.getClass().getRecordComponents()) {
            fields.put(component.getName(), plain(read(component, result)));
        }
        return fields;
    }

    private static @Nullable Object read(RecordComponent component, Record result) {
        try {
            return component.getAccessor().invoke(result);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Record nested) {
            return of(nested);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> plain = new ArrayList<>();
            list.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        return value;
    }

    static Map<String, @Nullable Object> lowerCase(Map<String, @Nullable Object> fields, String field) {
        if (fields.get(field) instanceof String text) {
            fields.put(field, text.toLowerCase(Locale.ROOT));
        }
        return fields;
    }
}
