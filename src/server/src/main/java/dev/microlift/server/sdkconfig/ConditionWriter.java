package dev.microlift.server.sdkconfig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.assignment.UserAttributes;
import java.util.Map;
import java.util.Set;

/**
 * Writes targeting for SDKs that evaluate by themselves. What GrowthBook's do not know is said in other words, which mean
 * the same to ours.
 */
final class ConditionWriter {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Set<String> ON_LISTS = Set.of("$and", "$or", "$nor");

    private static final String NOT = "$not";

    /** Operators that only ours know, by those whose opposite they are. */
    private static final Map<String, String> OPPOSITES = Map.of("$notRegex", "$regex", "$notRegexi", "$regexi");

    private ConditionWriter() {}

    /** A condition that the same units fulfil. */
    static ObjectNode write(JsonNode condition) {
        ObjectNode written = NODES.objectNode();
        ArrayNode onUser = NODES.arrayNode();
        condition.properties().forEach(member -> {
            String name = member.getKey();
            JsonNode operand = member.getValue();
            if (name.equals(NOT)) {
                written.set(name, write(operand));
            } else if (ON_LISTS.contains(name)) {
                ArrayNode conditions = written.putArray(name);
                operand.forEach(element -> conditions.add(write(element)));
            } else if (isAnotherNameOfTheUser(name)) {
                onUser.add(onUser(name, test(operand)));
            } else {
                written.set(name, test(operand));
            }
        });
        if (onUser.isEmpty()) {
            return written;
        }
        return allOf(written.isEmpty() ? onUser : onUser.add(written));
    }

    private static boolean isAnotherNameOfTheUser(String attribute) {
        return UserAttributes.NAMES.contains(attribute) && !attribute.equals(FeatureWriter.USER_ATTRIBUTE);
    }

    /** About the attribute, if there is one of this name, otherwise about the user's id. */
    private static ObjectNode onUser(String name, JsonNode test) {
        ObjectNode given = NODES.objectNode().set(name, test);
        ObjectNode id = NODES.objectNode().set(FeatureWriter.USER_ATTRIBUTE, test);
        ObjectNode either = NODES.objectNode();
        either.putArray("$or")
                .add(allOf(NODES.arrayNode().add(exists(name, true)).add(given)))
                .add(allOf(NODES.arrayNode().add(exists(name, false)).add(id)));
        return either;
    }

    private static ObjectNode allOf(ArrayNode conditions) {
        return NODES.objectNode().set("$and", conditions);
    }

    private static ObjectNode exists(String name, boolean expected) {
        ObjectNode exists = NODES.objectNode();
        exists.putObject(name).put("$exists", expected);
        return exists;
    }

    /** What an attribute's value must be. An object has one {@code $not} only: where it is taken, the rest stays as it is. */
    private static JsonNode test(JsonNode test) {
        if (test.isArray()) {
            ArrayNode written = NODES.arrayNode();
            test.forEach(element -> written.add(test(element)));
            return written;
        }
        if (!test.isObject()) {
            return test;
        }
        ObjectNode written = NODES.objectNode();
        test.properties().forEach(member -> {
            String opposite = OPPOSITES.get(member.getKey());
            if (opposite == null || test.has(NOT) || written.has(NOT)) {
                written.set(member.getKey(), test(member.getValue()));
            } else {
                written.putObject(NOT).set(opposite, member.getValue());
            }
        });
        return written;
    }
}
