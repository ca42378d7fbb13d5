package dev.microlift.server.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.PatternSyntaxException;
import dev.microlift.server.document.Expressions;
import dev.microlift.server.document.Faults;
import dev.microlift.server.document.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Reads a journey from its JSON, naming every fault. */
public final class JourneyReader {

    private static final int MAX_STEPS = 50;
    private static final int MAX_ALTERNATIVES = 20;
    private static final int MAX_CONDITIONS = 20;
    private static final int MAX_LIST = 1000;
    private static final int MAX_TEXT = 200;
    private static final Duration MAX_WINDOW = Duration.ofDays(3650);

    private JourneyReader() {}

    /** The journey, if nothing is wrong with the document. */
    public static Optional<Journey> read(JsonNode document, Faults faults) {
        return Fields.read(document, "", faults, JourneyReader::journey);
    }

    private static Optional<Journey> journey(Fields fields) {
        fields.ignore("version", "createdAt", "updatedAt");
        String key = fields.key("key");
        String name = fields.text("name", MAX_TEXT).orElse(key);
        String unitType = fields.optionalKey("unitType").orElse("user");
        List<Step> steps = new ArrayList<>(fields.objects("steps", 0, MAX_STEPS, step -> step(step, StepRole.MICRO)));
        Optional<Step> goal = fields.object("goal", step -> step(step, StepRole.MACRO));
        if (!fields.has("goal")) {
            fields.fault("goal", "required", "a journey ends in its goal");
        }
        goal.ifPresent(steps::add);
        refuseDuplicateKeys(fields, steps);
        return fields.isFaulty() ? Optional.empty() : Optional.of(new Journey(key, name, unitType, steps));
    }

    private static void refuseDuplicateKeys(Fields fields, List<Step> steps) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < steps.size() && !fields.isFaulty(); i++) {
            if (!seen.add(steps.get(i).key())) {
                String place = steps.get(i).role() == StepRole.MACRO ? "goal" : "steps";
                fields.fault(
                        place,
                        "duplicate-key",
                        "two steps have the key " + steps.get(i).key());
            }
        }
    }

    private static Optional<Step> step(Fields fields, StepRole role) {
        String key = fields.key("key");
        String name = fields.text("name", MAX_TEXT).orElse(key);
        List<EventMatch> anyOf = anyOf(fields);
        Threshold atLeast = fields.object("atLeast", JourneyReader::threshold).orElse(Threshold.ONE_EVENT);
        boolean optional = false;
        if (role == StepRole.MICRO) {
            optional = fields.flag("optional", false);
        }
        Optional<Duration> window = fields.duration("window", MAX_WINDOW);
        Optional<String> value = path(fields, "value");
        return fields.isFaulty()
                ? Optional.empty()
                : Optional.of(
                        new Step(key, name, role, anyOf, atLeast, optional, window.orElse(null), value.orElse(null)));
    }

    private static List<EventMatch> anyOf(Fields fields) {
        if (!fields.has("anyOf")) {
            return match(fields).map(List::of).orElse(List.of());
        }
        if (fields.has("event") || fields.has("where")) {
            fields.fault("anyOf", "contradiction", "a step has either event and where, or anyOf");
        }
        return fields.objects("anyOf", 1, MAX_ALTERNATIVES, JourneyReader::match);
    }

    /** An event's name and conditions: alone in {@code anyOf}, or among the other fields of a step. */
    public static Optional<EventMatch> match(Fields fields) {
        String event = fields.requiredText("event", MAX_TEXT);
        List<PropertyCondition> where = fields.objects("where", 0, MAX_CONDITIONS, JourneyReader::condition);
        return fields.isFaulty() ? Optional.empty() : Optional.of(new EventMatch(event, where));
    }

    private static Optional<Threshold> threshold(Fields fields) {
        OptionalLong count = fields.whole("count", 1, 1_000_000);
        Optional<String> property = path(fields, "sum");
        OptionalDouble value = fields.number("value");
        boolean bySum = fields.has("sum") || fields.has("value");
        if (fields.has("count") == bySum || fields.has("sum") != fields.has("value")) {
            fields.fault("count", "contradiction", "either count, or sum (a property) and value, is expected");
        }
        if (value.isPresent() && value.getAsDouble() <= 0) {
            fields.fault("value", "out-of-range", "a number above 0 is expected");
        }
        if (count.isPresent()) {
            return Optional.of(new Threshold.Count(count.getAsLong()));
        }
        return property.map(summed -> new Threshold.Sum(summed, value.orElse(1)));
    }

    private static Optional<String> path(Fields fields, String name) {
        Optional<String> path = fields.text(name, MAX_TEXT);
        path.filter(text -> text.isBlank() || text.startsWith(".") || text.endsWith(".") || text.contains(".."))
                .ifPresent(bad -> fields.fault(name, "invalid-path", "a dotted path such as price or cart.total"));
        return path;
    }

    private static Optional<PropertyCondition> condition(Fields fields) {
        Optional<String> property = path(fields, "property");
        if (!fields.has("property")) {
            fields.fault("property", "required", "the field is required");
        }
        Optional<Operator> op = fields.choice("op", Operator.class);
        if (!fields.has("op")) {
            fields.fault("op", "required", "the field is required");
        }
        Optional<JsonNode> value = fields.any("value");
        if (op.isEmpty() || property.isEmpty()) {
            return Optional.empty();
        }
        if (value.isEmpty()) {
            fields.fault("value", "required", "the operator needs a value");
            return Optional.empty();
        }
        checkOperand(fields, op.get(), value.get());
        return Optional.of(new PropertyCondition(property.get(), op.get(), value.get()));
    }

    private static void checkOperand(Fields fields, Operator op, JsonNode value) {
        switch (op) {
            case EQ, NEQ, CONTAINS -> expect(fields, isScalar(value), "text, a number, true or false is expected");
            case IN, NIN -> expect(fields, isListOfScalars(value), "a list of texts, numbers or truth values");
            case GT, GTE, LT, LTE -> expect(fields, value.isNumber() || value.isTextual(), "a number or text");
            case EXISTS -> expect(fields, value.isBoolean(), "true or false is expected");
            case STARTS_WITH, ENDS_WITH -> expect(fields, value.isTextual(), "text is expected");
            case MATCHES -> checkExpression(fields, value);
        }
    }

    private static void expect(Fields fields, boolean right, String expectation) {
        if (!right) {
            fields.fault("value", "wrong-type", expectation);
        }
    }

    private static boolean isScalar(JsonNode value) {
        return value.isTextual() || value.isNumber() || value.isBoolean();
    }

    private static boolean isListOfScalars(JsonNode value) {
        if (!value.isArray() || value.isEmpty() || value.size() > MAX_LIST) {
            return false;
        }
        for (JsonNode item : value) {
            if (!isScalar(item)) {
                return false;
            }
        }
        return true;
    }

    private static void checkExpression(Fields fields, JsonNode value) {
        expect(fields, value.isTextual() && value.textValue().length() <= 1000, "an RE2 expression is expected");
        if (value.isTextual()) {
            try {
                Expressions.compile(value.textValue(), false);
            } catch (PatternSyntaxException invalid) {
                fields.fault("value", "invalid-expression", "not an RE2 expression: " + invalid.getDescription());
            }
        }
    }
}
