package dev.microlift.server.unitfacts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import dev.microlift.server.journey.PropertyCondition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A condition on one property of an event, for one event at a time. It means exactly what analysis says in SQL: comparisons
 * mind the type, texts are ordered by their bytes, and what is absent is neither equal nor greater nor less.
 */
final class PropertyTest implements Predicate<JsonNode> {

    private final JsonPointer path;
    private final Predicate<JsonNode> test;

    PropertyTest(PropertyCondition condition) {
        this.path = pointer(condition.property());
        this.test = test(condition);
    }

    /** A dotted path as a JSON Pointer. */
    static JsonPointer pointer(String dotted) {
        return JsonPointer.compile(Arrays.stream(dotted.split("\\."))
                .map(part -> "/" + part.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining()));
    }

    /** A property as a number, if it is one. */
    static OptionalDouble number(JsonNode properties, JsonPointer path) {
        JsonNode value = properties.at(path);
        return value.isNumber() && Double.isFinite(value.doubleValue())
                ? OptionalDouble.of(value.doubleValue())
                : OptionalDouble.empty();
    }

    @Override
    public boolean test(JsonNode properties) {
        return test.test(properties.at(path));
    }

    private static Predicate<JsonNode> test(PropertyCondition condition) {
        JsonNode operand = condition.value();
        return switch (condition.op()) {
            case EQ -> equalTo(operand);
            case NEQ -> equalTo(operand).negate();
            case IN -> oneOf(operand);
            case NIN -> oneOf(operand).negate();
            case GT -> compared(operand, sign -> sign > 0);
            case GTE -> compared(operand, sign -> sign >= 0);
            case LT -> compared(operand, sign -> sign < 0);
            case LTE -> compared(operand, sign -> sign <= 0);
            case EXISTS -> operand.booleanValue() ? PropertyTest::exists : value -> !exists(value);
            case CONTAINS -> containing(operand);
            case STARTS_WITH -> text(value -> value.startsWith(operand.textValue()));
            case ENDS_WITH -> text(value -> value.endsWith(operand.textValue()));
            case MATCHES -> matching(Pattern.compile(operand.textValue()));
        };
    }

    private static boolean exists(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }

    private static Predicate<JsonNode> equalTo(JsonNode operand) {
        if (operand.isNumber()) {
            return compared(operand, sign -> sign == 0);
        }
        return operand.isBoolean()
                ? value -> value.isBoolean() && value.booleanValue() == operand.booleanValue()
                : text(operand.textValue()::equals);
    }

    private static Predicate<JsonNode> oneOf(JsonNode operands) {
        List<Predicate<JsonNode>> any = new ArrayList<>();
        operands.forEach(operand -> any.add(equalTo(operand)));
        return value -> any.stream().anyMatch(test -> test.test(value));
    }

    private static Predicate<JsonNode> compared(JsonNode operand, IntPredicate wanted) {
        if (operand.isNumber()) {
            double limit = operand.doubleValue();
            DoublePredicate test = number -> wanted.test(number < limit ? -1 : number > limit ? 1 : 0);
            return value -> value.isNumber() && test.test(value.doubleValue());
        }
        byte[] limit = operand.textValue().getBytes(UTF_8);
        return text(value -> wanted.test(Arrays.compareUnsigned(value.getBytes(UTF_8), limit)));
    }

    private static Predicate<JsonNode> text(Predicate<String> test) {
        return value -> value.isTextual() && test.test(value.textValue());
    }

    private static Predicate<JsonNode> matching(Pattern pattern) {
        return text(value -> pattern.matcher(value).find());
    }

    /** In a text the part, in a list the item. */
    private static Predicate<JsonNode> containing(JsonNode operand) {
        Predicate<JsonNode> item = equalTo(operand);
        Predicate<JsonNode> inList = value -> {
            if (value.isArray()) {
                for (JsonNode element : value) {
                    if (item.test(element)) {
                        return true;
                    }
                }
            }
            return false;
        };
        return operand.isTextual()
                ? text(value -> value.contains(operand.textValue())).or(inList)
                : inList;
    }
}
