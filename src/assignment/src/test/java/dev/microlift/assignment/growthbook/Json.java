package dev.microlift.assignment.growthbook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** JSON of vectors to plain values, and answers back to JSON. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    /** Answers have these, vectors of older specifications do not. */
    private static final Set<String> MAY_BE_UNEXPECTED = Set.of("ruleId", "stickyBucketUsed", "featureId");

    private Json() {}

    static Object plain(JsonNode json) {
        return MAPPER.convertValue(json, Object.class);
    }

    static Map<String, Object> object(JsonNode json) {
        return json.isObject() ? MAPPER.convertValue(json, OBJECT) : Map.of();
    }

    static Map<String, Object> object(String text) {
        try {
            return MAPPER.readValue(text.replace('\'', '"'), OBJECT);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static List<Double> numbers(JsonNode json) {
        List<Double> numbers = new ArrayList<>();
        json.forEach(number -> numbers.add(number.asDouble()));
        return numbers;
    }

    static List<Range> ranges(JsonNode json) {
        return StreamSupport.stream(json.spliterator(), false)
                .map(range -> new Range(range.get(0).asDouble(), range.get(1).asDouble()))
                .toList();
    }

    /** Whether an answer has every member that is expected, and no other that matters. */
    static boolean agree(JsonNode expected, @Nullable Object answer) {
        return agree(expected, MAPPER.<JsonNode>valueToTree(answer));
    }

    private static boolean agree(JsonNode expected, JsonNode actual) {
        if (expected.isNumber() && actual.isNumber()) {
            return expected.asDouble() == actual.asDouble();
        }
        if (expected.isObject() && actual.isObject()) {
            return expected.properties().stream()
                            .allMatch(member -> actual.has(member.getKey())
                                    && agree(member.getValue(), actual.get(member.getKey())))
                    && actual.properties().stream()
                            .map(Map.Entry::getKey)
                            .allMatch(name -> expected.has(name) || MAY_BE_UNEXPECTED.contains(name));
        }
        if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                if (!agree(expected.get(i), actual.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return expected.equals(actual);
    }
}
