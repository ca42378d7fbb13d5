package dev.microlift.assignment;

import dev.microlift.assignment.ConditionFault.Kind;
import dev.microlift.assignment.Faults.Location;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles the right side: what an attribute's value must be. */
final class ValueTestCompiler {

    private static final ValueTest NOTHING = new ValueTest.Nothing();
    private static final Set<String> TYPES = Set.of("string", "number", "boolean", "array", "object", "null");

    private final ConditionCompiler conditions;
    private final RegexEngine engine;
    private final Map<String, ? extends List<?>> groups;
    private final Faults faults;

    ValueTestCompiler(
            ConditionCompiler conditions, RegexEngine engine, Map<String, ? extends List<?>> groups, Faults faults) {
        this.conditions = conditions;
        this.engine = engine;
        this.groups = groups;
        this.faults = faults;
    }

    /** Operators if the value is an object of operators, implicit equality otherwise. */
    ValueTest compile(@Nullable Object json, Location at) {
        if (at.isTooDeep()) {
            return tooDeep(at);
        }
        return json instanceof Map<?, ?> members && JsonStructure.isOfOperators(members)
                ? operators(members, at)
                : equality(json, at, false);
    }

    private ValueTest operators(Map<?, ?> members, Location at) {
        List<ValueTest> parts = new ArrayList<>(members.size());
        for (Map.Entry<?, ?> member : members.entrySet()) {
            String operator = String.valueOf(member.getKey());
            parts.add(operator(operator, member.getValue(), at.member(operator)));
        }
        return parts.size() == 1 ? parts.get(0) : new ValueTest.Every(parts);
    }

    private ValueTest operator(String name, @Nullable Object operand, Location at) {
        return switch (name) {
            case "$eq" -> strict(operand, at);
            case "$ne" -> new ValueTest.Fails(strict(operand, at));
            case "$lt" -> ordered(Comparison.LESS, operand, at);
            case "$lte" -> ordered(Comparison.LESS_OR_EQUAL, operand, at);
            case "$gt" -> ordered(Comparison.GREATER, operand, at);
            case "$gte" -> ordered(Comparison.GREATER_OR_EQUAL, operand, at);
            case "$veq" -> version(Comparison.EQUAL, operand, at);
            case "$vne" -> new ValueTest.Fails(version(Comparison.EQUAL, operand, at));
            case "$vlt" -> version(Comparison.LESS, operand, at);
            case "$vlte" -> version(Comparison.LESS_OR_EQUAL, operand, at);
            case "$vgt" -> version(Comparison.GREATER, operand, at);
            case "$vgte" -> version(Comparison.GREATER_OR_EQUAL, operand, at);
            case "$in" -> operand instanceof List<?> list ? oneOf(list, false, at) : notAList(at);
            case "$ini" -> operand instanceof List<?> list ? oneOf(list, true, at) : notAList(at);
            case "$nin" -> operand instanceof List<?> list ? new ValueTest.Fails(oneOf(list, false, at)) : notAList(at);
            case "$nini" -> operand instanceof List<?> list ? new ValueTest.Fails(oneOf(list, true, at)) : notAList(at);
            case "$inGroup" -> inGroup(operand, at);
            case "$notInGroup" -> new ValueTest.Fails(inGroup(operand, at));
            case "$all" -> operand instanceof List<?> list ? hasAll(list, false, at) : notAList(at);
            case "$alli" -> operand instanceof List<?> list ? hasAll(list, true, at) : notAList(at);
            case "$elemMatch" -> hasElement(operand, at);
            case "$size" -> hasSize(operand, at);
            case "$exists" -> exists(operand, at);
            case "$type" -> hasType(operand, at);
            case "$regex" -> regex(operand, false, at);
            case "$regexi" -> regex(operand, true, at);
            case "$notRegex" -> notRegex(operand, false, at);
            case "$notRegexi" -> notRegex(operand, true, at);
            case "$not" -> new ValueTest.Fails(compile(operand, at));
            default -> unknown(name, at);
        };
    }

    private ValueTest equality(@Nullable Object json, Location at, boolean ignoreCase) {
        if (json == null) {
            return new ValueTest.Exists(false);
        }
        if (json instanceof String text) {
            return new ValueTest.CastsToText(text, ignoreCase);
        }
        if (json instanceof Number number) {
            return new ValueTest.CastsToNumber(number.doubleValue());
        }
        if (json instanceof Boolean truth) {
            return new ValueTest.CastsToBoolean(truth);
        }
        return structure(json, at);
    }

    private ValueTest structure(Object json, Location at) {
        if (json instanceof Map<?, ?> members && JsonStructure.hasOperator(members)) {
            wrong(at, "operators and fields cannot be mixed in one object");
        }
        if (JsonStructure.isDeeperThan(Conditions.MAX_DEPTH - at.depth(), json)) {
            return tooDeep(at);
        }
        return new ValueTest.SameStructure(Objects.requireNonNull(JsonStructure.copyOf(json)));
    }

    private ValueTest strict(@Nullable Object operand, Location at) {
        if (JsonStructure.isContainer(operand)) {
            wrong(at, "compares single values; give a list or an object without the operator to compare structures");
            return NOTHING;
        }
        return new ValueTest.StrictlyEquals(operand);
    }

    private ValueTest ordered(Comparison comparison, @Nullable Object operand, Location at) {
        if (!(operand instanceof String || operand instanceof Number)) {
            wrong(at, "a number or a text is needed");
        }
        return JsonStructure.isContainer(operand) ? NOTHING : new ValueTest.Ordered(comparison, operand);
    }

    private ValueTest version(Comparison comparison, @Nullable Object operand, Location at) {
        if (!(operand instanceof String || operand instanceof Number)) {
            wrong(at, "a version is needed, such as \"2.1.0\"");
        }
        return new ValueTest.VersionOrdered(comparison, VersionKey.of(operand));
    }

    private ValueTest oneOf(List<?> values, boolean ignoreCase, Location at) {
        Set<Object> keys = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (JsonStructure.isContainer(value)) {
                wrong(at.element(i), "single values are compared, not lists or objects");
            } else {
                keys.add(JavaScriptValues.key(value, ignoreCase));
            }
        }
        return new ValueTest.OneOf(keys, ignoreCase);
    }

    private ValueTest inGroup(@Nullable Object operand, Location at) {
        if (!(operand instanceof String name)) {
            wrong(at, "the name of a group is needed");
            return NOTHING;
        }
        List<?> values = groups.get(name);
        if (values == null) {
            faults.add(at, Kind.UNKNOWN_GROUP, "there is no group " + name);
            return NOTHING;
        }
        return oneOf(values, false, at);
    }

    private ValueTest hasAll(List<?> values, boolean ignoreCase, Location at) {
        List<ValueTest> tests = new ArrayList<>(values.size());
        for (Object value : values) {
            Location element = at.element(tests.size());
            tests.add(value instanceof String ? equality(value, element, ignoreCase) : compile(value, element));
        }
        return new ValueTest.HasAll(tests);
    }

    private ValueTest hasElement(@Nullable Object operand, Location at) {
        if (operand instanceof Map<?, ?> members && JsonStructure.isOfOperators(members)) {
            return new ValueTest.HasElement(compile(operand, at));
        }
        return new ValueTest.HasElement(new ValueTest.Fulfils(conditions.condition(operand, at)));
    }

    private ValueTest hasSize(@Nullable Object operand, Location at) {
        if (!(operand instanceof Number)
                && !(operand instanceof Map<?, ?> members && JsonStructure.isOfOperators(members))) {
            wrong(at, "a number or operators on it are needed");
        }
        return new ValueTest.HasSize(compile(operand, at));
    }

    private ValueTest exists(@Nullable Object operand, Location at) {
        if (!(operand instanceof Boolean)) {
            wrong(at, "true or false is needed");
        }
        return new ValueTest.Exists(JavaScriptValues.isTruthy(operand));
    }

    private ValueTest hasType(@Nullable Object operand, Location at) {
        if (!(operand instanceof String name) || !TYPES.contains(name)) {
            wrong(at, "one of string, number, boolean, array, object, null is needed");
            return NOTHING;
        }
        return new ValueTest.HasType(name);
    }

    private ValueTest regex(@Nullable Object operand, boolean ignoreCase, Location at) {
        if (!(operand instanceof String pattern)) {
            wrong(at, "a regular expression is needed");
            return NOTHING;
        }
        if (pattern.length() > Conditions.MAX_REGEX_LENGTH) {
            faults.add(at, Kind.BAD_REGEX, "longer than " + Conditions.MAX_REGEX_LENGTH + " characters");
            return NOTHING;
        }
        try {
            return new ValueTest.Contains(engine.compile(pattern, ignoreCase));
        } catch (RegexEngine.InvalidRegexException e) {
            faults.add(at, Kind.BAD_REGEX, String.valueOf(e.getMessage()));
            return NOTHING;
        }
    }

    /** A pattern that cannot be compiled fails here too, so that a mistake lets nobody in. */
    private ValueTest notRegex(@Nullable Object operand, boolean ignoreCase, Location at) {
        ValueTest found = regex(operand, ignoreCase, at);
        return found == NOTHING ? NOTHING : new ValueTest.Fails(found);
    }

    private ValueTest unknown(String name, Location at) {
        faults.add(
                at,
                Kind.UNKNOWN_OPERATOR,
                name + " is not an operator on values: " + Conditions.VALUE_OPERATORS + " are");
        return NOTHING;
    }

    private ValueTest notAList(Location at) {
        wrong(at, "a list is needed");
        return NOTHING;
    }

    private ValueTest tooDeep(Location at) {
        faults.add(at, Kind.TOO_DEEP, "values may be nested " + Conditions.MAX_DEPTH + " levels deep");
        return NOTHING;
    }

    private void wrong(Location at, String message) {
        faults.add(at, Kind.WRONG_OPERAND, message);
    }
}
