package dev.microlift.stats.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.stats.Kind;
import dev.microlift.stats.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The input of one golden case, read by field name. An absent or null number reads as NaN. */
record GoldenInput(JsonNode node) {

    boolean has(String field) {
        return node.hasNonNull(field);
    }

    double number(String field) {
        return number(node.get(field));
    }

    double number(String field, double absent) {
        return has(field) ? number(field) : absent;
    }

    long count(String field) {
        return count(node.get(field));
    }

    boolean flag(String field) {
        return node.path(field).asBoolean();
    }

    String text(String field) {
        return node.path(field).asText();
    }

    /** A constant written in lower case. */
    <E extends Enum<E>> E choice(String field, E absent) {
        String name = text(field).toUpperCase(Locale.ROOT);
        return has(field) ? Enum.valueOf(absent.getDeclaringClass(), name) : absent;
    }

    Kind kind() {
        return "binary".equals(text("kind")) ? Kind.BINARY : Kind.MEAN;
    }

    Moments arm(String suffix) {
        return Moments.of(kind(), count("n" + suffix), number("sum" + suffix), number("sumsq" + suffix));
    }

    double[] numbers(String field) {
        JsonNode list = node.path(field);
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(list.get(i));
        }
        return numbers;
    }

    /** One number of a list, NaN beyond its end. */
    double element(String field, int index) {
        return number(node.path(field).get(index));
    }

    long[] counts(String field) {
        JsonNode list = node.path(field);
        long[] counts = new long[list.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = count(list.get(i));
        }
        return counts;
    }

    List<@Nullable Double> nullableNumbers(String field) {
        List<@Nullable Double> numbers = new ArrayList<>();
        for (JsonNode value : node.path(field)) {
            numbers.add(value.isNull() ? null : number(value));
        }
        return numbers;
    }

    private static double number(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return Double.NaN;
        }
        if (value.isBoolean()) {
            return value.asBoolean() ? 1 : 0;
        }
        return value.isTextual() ? Double.parseDouble(value.asText()) : value.asDouble();
    }

    /** A count that is no whole number reads as -1, which no method accepts. */
    private static long count(@Nullable JsonNode value) {
        double number = number(value);
        return number == Math.rint(number) ? (long) number : -1;
    }
}
