package dev.microlift.assignment;

import dev.microlift.assignment.ConditionFault.Kind;
import dev.microlift.assignment.Faults.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles the left side: logical operators and paths to attributes. */
final class ConditionCompiler {

    /** The one attribute that is published with a dollar sign: the unit's groups. */
    private static final String GROUPS = "$groups";

    private final Faults faults;
    private final ValueTestCompiler tests;

    ConditionCompiler(RegexEngine engine, Map<String, ? extends List<?>> groups, Faults faults) {
        this.faults = faults;
        this.tests = new ValueTestCompiler(this, engine, groups, faults);
    }

    Condition root(Object json) {
        return condition(json, Location.ROOT);
    }

    Condition condition(@Nullable Object json, Location at) {
        if (at.isTooDeep()) {
            faults.add(at, Kind.TOO_DEEP, "conditions may be nested " + Conditions.MAX_DEPTH + " levels deep");
            return Condition.NEVER;
        }
        if (!(json instanceof Map<?, ?> members)) {
            faults.add(at, Kind.WRONG_OPERAND, "a condition is an object");
            return Condition.NEVER;
        }
        List<Condition> parts = new ArrayList<>(members.size());
        for (Map.Entry<?, ?> member : members.entrySet()) {
            String name = String.valueOf(member.getKey());
            parts.add(part(name, member.getValue(), at.member(name)));
        }
        return parts.size() == 1 ? parts.get(0) : new Condition.AllOf(parts);
    }

    private Condition part(String name, @Nullable Object operand, Location at) {
        return switch (name) {
            case "$and" -> allOf(operand, at);
            case "$or" -> anyOf(operand, at);
            case "$nor" -> new Condition.Not(anyOf(operand, at));
            case "$not" -> new Condition.Not(condition(operand, at));
            default ->
                name.startsWith("$") && !name.equals(GROUPS)
                        ? misplaced(name, at)
                        : new Condition.Attribute(List.of(name.split("\\.", -1)), tests.compile(operand, at));
        };
    }

    private Condition allOf(@Nullable Object operand, Location at) {
        if (!(operand instanceof List<?> list)) {
            return notAList(at);
        }
        return list.isEmpty() ? Condition.ALWAYS : new Condition.AllOf(conditions(list, at));
    }

    /** An empty choice holds, as the published specification has it. */
    private Condition anyOf(@Nullable Object operand, Location at) {
        if (!(operand instanceof List<?> list)) {
            return notAList(at);
        }
        return list.isEmpty() ? Condition.ALWAYS : new Condition.AnyOf(conditions(list, at));
    }

    private List<Condition> conditions(List<?> list, Location at) {
        List<Condition> conditions = new ArrayList<>(list.size());
        for (Object json : list) {
            conditions.add(condition(json, at.element(conditions.size())));
        }
        return conditions;
    }

    private Condition notAList(Location at) {
        faults.add(at, Kind.WRONG_OPERAND, "a list of conditions is needed");
        return Condition.NEVER;
    }

    private Condition misplaced(String name, Location at) {
        faults.add(
                at,
                Kind.UNKNOWN_OPERATOR,
                name + " is not an operator on conditions: " + Conditions.LOGICAL_OPERATORS + " are");
        return Condition.NEVER;
    }
}
