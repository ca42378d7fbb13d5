package dev.microlift.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.microlift.assignment.ConditionFault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What the vectors cannot say: faults, limits and attributes of any shape. */
class ConditionsTest {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

    @Test
    void soundConditionHasNoFaults() {
        CompiledCondition compiled = compile(
                "{'country': {'$in': ['DE', 'FR']}, 'app.version': {'$vgte': '2.1.0'}, '$not': {'beta': true}}");

        assertThat(compiled.faults()).isEmpty();
        assertThat(compiled.isSound()).isTrue();
    }

    @Test
    void absentConditionHoldsForEverybody() {
        CompiledCondition compiled = Conditions.compile(null, new LinearRegex());

        assertThat(compiled.condition()).isEqualTo(Condition.ALWAYS);
        assertThat(compiled.isSound()).isTrue();
    }

    @Test
    void allFaultsAreReportedAtOnceWithTheirPointers() {
        CompiledCondition compiled = compile(
                "{'a': {'$bogus': 1, '$in': 'x'}, '$or': [{'b~/c': {'$regex': '('}}, 5], '$xor': [], 'd': {'$inGroup': 'g'}}");

        assertThat(compiled.faults())
                .extracting(ConditionFault::pointer, ConditionFault::kind)
                .containsExactly(
                        tuple("/a/$bogus", Kind.UNKNOWN_OPERATOR),
                        tuple("/a/$in", Kind.WRONG_OPERAND),
                        tuple("/$or/0/b~0~1c/$regex", Kind.BAD_REGEX),
                        tuple("/$or/1", Kind.WRONG_OPERAND),
                        tuple("/$xor", Kind.UNKNOWN_OPERATOR),
                        tuple("/d/$inGroup", Kind.UNKNOWN_GROUP));
    }

    @Test
    void faultOfAnUnknownOperatorNamesThoseThereAre() {
        assertThat(compile("{'a': {'$bogus': 1}}").faults())
                .extracting(ConditionFault::message)
                .containsExactly("$bogus is not an operator on values: " + Conditions.VALUE_OPERATORS + " are");
    }

    @Test
    void everyOperatorThatIsNamedIsKnown() {
        for (String operator : Conditions.VALUE_OPERATORS.split(", ", -1)) {
            assertThat(compile("{'a': {'" + operator + "': 1}}").faults())
                    .extracting(ConditionFault::kind)
                    .doesNotContain(Kind.UNKNOWN_OPERATOR);
        }
    }

    @Test
    void wrongOperandsAreFaults() {
        for (String test : List.of(
                "{'$eq': [1]}",
                "{'$ne': {}}",
                "{'$lt': true}",
                "{'$gte': null}",
                "{'$gt': [1]}",
                "{'$nin': 1}",
                "{'$ini': {}}",
                "{'$nini': null}",
                "{'$in': [[1]]}",
                "{'$all': 'x'}",
                "{'$alli': 1}",
                "{'$exists': 'yes'}",
                "{'$size': 'x'}",
                "{'$type': 'date'}",
                "{'$elemMatch': 5}",
                "{'$regex': 5}",
                "{'$regexi': null}",
                "{'$veq': null}",
                "{'$vlt': {}}",
                "{'$inGroup': 5}",
                "{'$gt': 1, 'x': 2}")) {
            assertThat(compile("{'a': " + test + "}").faults())
                    .as(test)
                    .isNotEmpty()
                    .allMatch(fault -> fault.kind() == Kind.WRONG_OPERAND);
        }
    }

    @Test
    void logicalOperatorsNeedTheirOperands() {
        for (String json : List.of("{'$and': {}}", "{'$or': 'x'}", "{'$nor': null}", "{'$not': []}", "[]", "'x'")) {
            assertThat(compile(json).faults()).as(json).hasSize(1);
        }
    }

    @Test
    void operatorWithoutAttributeIsAFaultAndFails() {
        CompiledCondition compiled = compile("{'$gt': 0}");

        assertThat(compiled.faults()).extracting(ConditionFault::kind).containsExactly(Kind.UNKNOWN_OPERATOR);
        assertThat(compiled.condition().matches(Map.of("$gt", 5))).isFalse();
    }

    @Test
    void tenThousandNestedConditionsAreOneFault() {
        Object json = Map.of("a", 1);
        for (int i = 0; i < 10_000; i++) {
            json = Map.of("$and", List.of(json));
        }

        CompiledCondition compiled = Conditions.compile(json, new LinearRegex());

        assertThat(compiled.faults()).extracting(ConditionFault::kind).containsExactly(Kind.TOO_DEEP);
        assertThat(compiled.condition().matches(Map.of("a", 1))).isFalse();
    }

    @Test
    void tenThousandNestedValuesAreOneFault() {
        for (String operator : List.of("$not", "$elemMatch", "$size")) {
            Object json = Map.of("$gt", 1);
            for (int i = 0; i < 10_000; i++) {
                json = Map.of(operator, json);
            }

            assertThat(Conditions.compile(Map.of("a", json), new LinearRegex()).faults())
                    .as(operator)
                    .extracting(ConditionFault::kind)
                    .containsExactly(Kind.TOO_DEEP);
        }
    }

    @Test
    void deeplyNestedStructureIsAFault() {
        CompiledCondition compiled = Conditions.compile(Map.of("a", nestedList(10_000)), new LinearRegex());

        assertThat(compiled.faults()).extracting(ConditionFault::kind).containsExactly(Kind.TOO_DEEP);
    }

    @Test
    void tenThousandBranchesSideBySideAreFine() {
        List<Object> branches = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            branches.add(Map.of("a", i));
        }

        CompiledCondition compiled = Conditions.compile(Map.of("$or", branches), new LinearRegex());

        assertThat(compiled.isSound()).isTrue();
        assertThat(compiled.condition().matches(Map.of("a", 9_999))).isTrue();
    }

    @Test
    void deeplyNestedAttributesEndWithoutAnError() {
        Map<String, @Nullable Object> attributes = Map.of("a", nestedList(100_000));

        assertThat(matches("{'a': 'x'}", attributes)).isFalse();
        assertThat(matches("{'a': [1]}", attributes)).isFalse();
        assertThat(matches("{'a': {'$regex': 'x'}}", attributes)).isFalse();
        assertThat(matches("{'a': {'$gt': 'x'}}", attributes)).isFalse();
        assertThat(matches("{'a': {'$all': [['x']]}}", attributes)).isFalse();
    }

    @Test
    void explosivePatternTakesLinearTimeOnAMegabyte() {
        Map<String, @Nullable Object> attributes = Map.of("a", "a".repeat(1 << 20));

        boolean matches = Assertions.assertTimeout(
                Duration.ofSeconds(20), () -> matches("{'a': {'$regex': '(.*a){25}x'}}", attributes));

        assertThat(matches).isFalse();
    }

    @Test
    void longPatternsAndLookaroundAreBadRegexes() {
        assertThat(compile("{'a': {'$regex': '" + "a".repeat(1_001) + "'}}").faults())
                .extracting(ConditionFault::kind)
                .containsExactly(Kind.BAD_REGEX);
        assertThat(compile("{'a': {'$regex': 'a(?=b)'}}").faults())
                .extracting(ConditionFault::kind)
                .containsExactly(Kind.BAD_REGEX);
    }

    @Test
    void attributesOfForeignTypesNeverThrow() {
        Map<String, @Nullable Object> attributes = new HashMap<>();
        attributes.put("instant", java.time.Instant.EPOCH);
        attributes.put("set", java.util.Set.of(1));
        attributes.put("none", null);
        attributes.put("nan", Double.NaN);
        attributes.put("big", new java.math.BigDecimal("1e400"));
        List<String> tests = List.of(
                "'x'",
                "1",
                "true",
                "null",
                "[1]",
                "{'k': 1}",
                "{'$eq': 1}",
                "{'$gt': 1}",
                "{'$in': [1]}",
                "{'$all': [1]}",
                "{'$elemMatch': {'k': 1}}",
                "{'$size': 1}",
                "{'$type': 'object'}",
                "{'$regex': 'x'}",
                "{'$vgt': '1.0.0'}");
        for (String name : attributes.keySet()) {
            for (String test : tests) {
                Condition condition = compile("{'" + name + "': " + test + "}").condition();

                Assertions.assertDoesNotThrow(() -> condition.matches(attributes), () -> name + " " + test);
            }
        }
    }

    @Test
    void membersOfObjectsMayComeInAnyOrder() {
        Condition condition = compile("{'a': {'x': 1, 'y': 2}}").condition();

        assertThat(condition.matches(parse("{'a': {'y': 2, 'x': 1}}"))).isTrue();
    }

    @Test
    void compiledConditionDoesNotChangeWithItsSource() {
        List<Object> expected = new ArrayList<>(List.of(1));
        Condition condition =
                Conditions.compile(Map.of("a", expected), new LinearRegex()).condition();

        expected.add(2);

        assertThat(condition.matches(Map.of("a", List.of(1)))).isTrue();
    }

    @Test
    void integersAndFractionsOfOneValueAreEqual() {
        assertThat(matches("{'a': {'$eq': 18}}", Map.of("a", 18.0))).isTrue();
        assertThat(matches("{'a': {'$in': [18]}}", Map.of("a", 18L))).isTrue();
        assertThat(matches("{'a': {'$in': [0]}}", Map.of("a", -0.0))).isTrue();
        assertThat(matches("{'a': '18'}", Map.of("a", 18.0))).isTrue();
    }

    private static List<Object> nestedList(int depth) {
        List<Object> list = List.of("x");
        for (int i = 0; i < depth; i++) {
            list = List.of(list);
        }
        return list;
    }

    private static boolean matches(String condition, Map<String, @Nullable Object> attributes) {
        return compile(condition).condition().matches(attributes);
    }

    private static CompiledCondition compile(String json) {
        return Conditions.compile(parse(json), new LinearRegex());
    }

    private static Object parse(String json) {
        try {
            return JSON.readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
