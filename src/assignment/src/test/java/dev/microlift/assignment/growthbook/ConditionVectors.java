package dev.microlift.assignment.growthbook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.assignment.CompiledCondition;
import dev.microlift.assignment.Conditions;
import dev.microlift.assignment.LinearRegex;
import java.util.Map;
import java.util.function.Predicate;

/**
 * {@code evalCondition} [name, condition, attributes, expected, groups]; {@code versionCompare} {relation: [[left, right,
 * expected]…]}.
 */
final class ConditionVectors {

    static final Map<String, Predicate<JsonNode>> CHECKS = Map.of("evalCondition", ConditionVectors::condition);

    private ConditionVectors() {}

    static boolean version(String relation, JsonNode test) {
        Map<String, Object> condition =
                Map.of("version", Map.of("$v" + relation, test.get(1).asText()));
        Map<String, Object> attributes = Map.of("version", test.get(0).asText());
        return Conditions.compile(condition, new LinearRegex()).condition().matches(attributes)
                == test.get(2).asBoolean();
    }

    private static boolean condition(JsonNode test) {
        ConditionReader reader = ConditionReader.of(new LinearRegex(), Json.plain(test.path(4)));
        CompiledCondition compiled = Conditions.compile(Json.plain(test.get(1)), new LinearRegex(), reader.groups());
        return compiled.condition().matches(Json.plain(test.get(2)))
                == test.get(3).asBoolean();
    }
}
