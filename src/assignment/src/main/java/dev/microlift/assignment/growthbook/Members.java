package dev.microlift.assignment.growthbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads the members of a JSON object by type. A member that is null counts as missing. */
record Members(Map<?, ?> json) {

    static Members of(@Nullable Object json, String what) throws MalformedException {
        if (json instanceof Map<?, ?> map) {
            return new Members(map);
        }
        throw new MalformedException(what + " must be an object");
    }

    boolean has(String name) {
        return json.containsKey(name);
    }

    @Nullable
    Object value(String name) {
        return json.get(name);
    }

    Optional<String> text(String name) throws MalformedException {
        Object value = json.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        }
        throw new MalformedException(name + " must be a text");
    }

    String requiredText(String name) throws MalformedException {
        return text(name).orElseThrow(() -> new MalformedException(name + " is missing"));
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(json.get(name));
    }

    boolean isFalse(String name) {
        return Boolean.FALSE.equals(json.get(name));
    }

    OptionalDouble number(String name) throws MalformedException {
        Object value = json.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(number(value, name));
    }

    OptionalInt integer(String name) throws MalformedException {
        OptionalDouble number = number(name);
        if (number.isEmpty()) {
            return OptionalInt.empty();
        }
        int integer = (int) number.getAsDouble();
        if (integer != number.getAsDouble()) {
            throw new MalformedException(name + " must be an integer");
        }
        return OptionalInt.of(integer);
    }

    Optional<List<?>> list(String name) throws MalformedException {
        Object value = json.get(name);
        return value == null ? Optional.empty() : Optional.of(list(value, name));
    }

    Optional<List<Double>> numbers(String name) throws MalformedException {
        Optional<List<?>> list = list(name);
        return list.isEmpty() ? Optional.empty() : Optional.of(numbers(list.get(), name));
    }

    Optional<List<Range>> ranges(String name) throws MalformedException {
        Optional<List<?>> list = list(name);
        if (list.isEmpty()) {
            return Optional.empty();
        }
        List<Range> ranges = new ArrayList<>();
        for (Object element : list.get()) {
            ranges.add(range(element, name));
        }
        return Optional.of(ranges);
    }

    Optional<Range> range(String name) throws MalformedException {
        Object value = json.get(name);
        return value == null ? Optional.empty() : Optional.of(range(value, name));
    }

    private static Range range(@Nullable Object json, String name) throws MalformedException {
        List<Double> bounds = numbers(list(json, name), name);
        if (bounds.size() != 2) {
            throw new MalformedException(name + " must have a start and an end");
        }
        return new Range(bounds.get(0), bounds.get(1));
    }

    private static List<?> list(@Nullable Object json, String name) throws MalformedException {
        if (json instanceof List<?> list) {
            return list;
        }
        throw new MalformedException(name + " must be a list");
    }

    private static List<Double> numbers(List<?> json, String name) throws MalformedException {
        List<Double> numbers = new ArrayList<>(json.size());
        for (Object element : json) {
            numbers.add(number(element, name));
        }
        return numbers;
    }

    private static double number(@Nullable Object json, String name) throws MalformedException {
        if (json instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw new MalformedException(name + " must be finite numbers");
    }
}
