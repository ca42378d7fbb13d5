package dev.microlift.openfeature;

import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.Structure;
import dev.openfeature.sdk.Value;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An OpenFeature context as plain attributes; a value is converted only when it is asked for. */
final class ContextAttributes extends AbstractMap<String, @Nullable Object> {

    private final EvaluationContext context;

    ContextAttributes(EvaluationContext context) {
        this.context = context;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return key instanceof String name ? plain(context.getValue(name)) : null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof String name && context.getValue(name) != null;
    }

    @Override
    public boolean isEmpty() {
        return context.isEmpty();
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return plain(context).entrySet();
    }

    /** A structure as plain values. */
    static Map<String, @Nullable Object> plain(Structure structure) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        structure.keySet().forEach(name -> plain.put(name, plain(structure.getValue(name))));
        return plain;
    }

    /** A value as a plain one. */
    static @Nullable Object plain(@Nullable Value value) {
        if (value == null) {
            return null;
        }
        if (value.isStructure()) {
            return plain(value.asStructure());
        }
        if (value.isList()) {
            List<@Nullable Object> list = new ArrayList<>();
            value.asList().forEach(element -> list.add(plain(element)));
            return list;
        }
        return value.isInstant() ? value.asInstant().toString() : value.asObject();
    }
}
