package dev.microlift.openfeature;

import dev.openfeature.sdk.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenFeature's types. A double flag may be written without a decimal point, but a number with one is no integer.
 *
 * @param <T> what an application gets
 */
@FunctionalInterface
interface ValueType<T> {

    ValueType<Boolean> BOOLEAN = value -> value instanceof Boolean truth ? truth : null;

    ValueType<String> STRING = value -> value instanceof String text ? text : null;

    ValueType<Integer> INTEGER = value -> value instanceof Integer number ? number : null;

    ValueType<Long> LONG = value -> {
        if (value instanceof Long number) {
            return number;
        }
        return value instanceof Integer number ? (Long) number.longValue() : null;
    };

    ValueType<Double> DOUBLE = value -> {
        if (value instanceof Double number) {
            return number;
        }
        return value instanceof Number number ? (Double) number.doubleValue() : null;
    };

    /** Made anew each time, because it can be changed. */
    ValueType<Value> OBJECT =
            value -> value instanceof Map || value instanceof List ? Value.objectToValue(value) : null;

    /** The value in this type; null if it is of another one. */
    @Nullable
    T cast(@Nullable Object value);
}
