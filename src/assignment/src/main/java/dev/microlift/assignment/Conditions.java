package dev.microlift.assignment;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiles targeting conditions in the published GrowthBook language: MongoDB-like operators over attributes.
 *
 * <p>A condition is compiled once and with all its faults at a time: whoever defines it can refuse it, whoever merely
 * received it can still evaluate it, in which case a faulty part is false.
 */
public final class Conditions {

    /** Conditions within conditions and lists within values may be nested this deep. */
    public static final int MAX_DEPTH = 32;

    /** Longest accepted pattern of a regular expression, in characters. */
    public static final int MAX_REGEX_LENGTH = 1_000;

    /** Every operator on conditions, for people. */
    public static final String LOGICAL_OPERATORS = "$and, $or, $nor, $not";

    /** Every operator on the value of an attribute, for people. */
    public static final String VALUE_OPERATORS = "$eq, $ne, $lt, $lte, $gt, $gte, $in, $nin, $ini, $nini, $all, $alli,"
            + " $elemMatch, $size, $exists, $type, $regex, $regexi, $notRegex, $notRegexi, $veq, $vne, $vlt, $vlte, $vgt,"
            + " $vgte, $inGroup, $notInGroup, $not";

    private Conditions() {}

    /**
     * Compiles a condition that refers to no groups.
     *
     * @param json the condition as plain maps, lists, texts, numbers, booleans and nulls; null holds for everybody
     */
    public static CompiledCondition compile(@Nullable Object json, RegexEngine engine) {
        return compile(json, engine, Map.of());
    }

    /**
     * Compiles a condition.
     *
     * @param groups the values of each group that {@code $inGroup} and {@code $notInGroup} may name
     */
    public static CompiledCondition compile(
            @Nullable Object json, RegexEngine engine, Map<String, ? extends List<?>> groups) {
        Faults faults = new Faults();
        Condition condition =
                json == null ? Condition.ALWAYS : new ConditionCompiler(engine, groups, faults).root(json);
        return new CompiledCondition(condition, faults.all());
    }
}
