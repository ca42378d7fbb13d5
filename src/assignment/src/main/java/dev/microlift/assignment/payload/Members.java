package dev.microlift.assignment.payload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object, read with their types. What is missing or of another type is a fault that names its
 * place; members nobody asks for are ignored. A null member is a missing one.
 *
 * @param pointer JSON Pointer from the feature to this object
 */
record Members(Map<?, ?> json, String pointer) {

    static Members of(@Nullable Object json, String pointer) {
        if (json instanceof Map<?, ?> map) {
            return new Members(map, pointer);
        }
        throw new FeatureFault(pointer, "an object is needed");
    }

    boolean has(String name) {
        return json.get(name) != null;
    }

    @Nullable
    Object value(String name) {
        return json.get(name);
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> new FeatureFault(at(name), "a text is needed"));
    }

    Optional<String> optionalText(String name) {
        Object value = json.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text && !text.isBlank()) {
            return Optional.of(text);
        }
        throw new FeatureFault(at(name), "a text is needed");
    }

    int integer(String name) {
        if (json.get(name) instanceof Number number && number.doubleValue() == number.intValue()) {
            return number.intValue();
        }
        throw new FeatureFault(at(name), "an integer is needed");
    }

    boolean truth(String name) {
        Object value = json.get(name);
        if (value == null) {
            return false;
        }
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw new FeatureFault(at(name), "true or false is needed");
    }

    Members object(String name) {
        return of(json.get(name), at(name));
    }

    /** The elements of a list; none if it is missing. */
    List<? extends @Nullable Object> list(String name) {
        Object value = json.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw new FeatureFault(at(name), "a list is needed");
    }

    /** The elements of a list of objects; none if it is missing. */
    List<Members> objects(String name) {
        List<Members> objects = new ArrayList<>();
        for (Object element : list(name)) {
            objects.add(of(element, at(name) + "/" + objects.size()));
        }
        return objects;
    }

    /** An object of texts; empty if it is missing. */
    Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (has(name)) {
            Members members = object(name);
            members.json.keySet().forEach(key -> texts.put(String.valueOf(key), members.text(String.valueOf(key))));
        }
        return texts;
    }

    String at(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
