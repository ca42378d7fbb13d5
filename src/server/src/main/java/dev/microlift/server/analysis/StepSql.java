package dev.microlift.server.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.server.journey.EventMatch;
import dev.microlift.server.journey.PropertyCondition;
import dev.microlift.server.journey.Step;
import dev.microlift.server.journey.Threshold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says in SQL which events make a step. Comparisons mind the type: the text {@code "10"} is not the number 10. Whatever
 * people wrote travels as a parameter.
 */
final class StepSql {

    /** The database's RE2 is older than the one that checks expressions, and knows only the other way to name a group. */
    private static final Pattern NAMED_GROUP = Pattern.compile("(?<!\\\\)\\(\\?<(?=[A-Za-z_])");

    private static final String CONTEXT = "context.";

    private static final String NUMERIC = "('BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE')";

    private StepSql() {}

    /** Whether an event makes the step, by its name and properties. */
    static Sql makes(Step step) {
        return makes(step.anyOf());
    }

    /** Whether an event meets any of these. */
    static Sql makes(List<EventMatch> matches) {
        return Sql.join(" or ", matches.stream().map(StepSql::makes).toList()).within("coalesce(", ", false)");
    }

    /** What an event adds to the step's value; null for nothing. */
    static Sql value(Optional<String> property) {
        return property.map(name -> number(pointer(name))).orElse(Sql.of("null::double"));
    }

    /** What an event adds to the step's threshold; null for nothing. */
    static Sql amount(Step step) {
        return step.atLeast() instanceof Threshold.Sum sum ? number(pointer(sum.property())) : Sql.of("null::double");
    }

    /** Whether an attribute is read from the context of an event. */
    static boolean isOfContext(String attribute) {
        return attribute.startsWith(CONTEXT) || attribute.equals(Detail.CHANNEL);
    }

    /** An attribute as text, from an event's properties or from its context. */
    static Sql attribute(String attribute) {
        return attribute.startsWith(CONTEXT)
                ? Sql.of("json_extract_string(e.context, ?)", pointer(attribute.substring(CONTEXT.length())))
                : Sql.of("json_extract_string(e.properties, ?)", pointer(attribute));
    }

    /** A numeric attribute of an event. */
    static Sql numericAttribute(String property) {
        return number(pointer(property));
    }

    private static Sql makes(EventMatch match) {
        List<Sql> all = new ArrayList<>();
        all.add(Sql.of("name = ?", match.event()));
        match.where().forEach(condition -> all.add(holds(condition)));
        return Sql.join(" and ", all).within("(", ")");
    }

    private static Sql holds(PropertyCondition condition) {
        String path = pointer(condition.property());
        JsonNode value = condition.value();
        return switch (condition.op()) {
            case EQ -> equal(path, value);
            case NEQ -> not(equal(path, value));
            case IN -> oneOf(path, value);
            case NIN -> not(oneOf(path, value));
            case GT -> compare(path, ">", value);
            case GTE -> compare(path, ">=", value);
            case LT -> compare(path, "<", value);
            case LTE -> compare(path, "<=", value);
            case EXISTS -> exists(path, value.booleanValue());
            case CONTAINS -> contains(path, value);
            case STARTS_WITH -> text(path, "starts_with(%s, ?)", value.textValue());
            case ENDS_WITH -> text(path, "ends_with(%s, ?)", value.textValue());
            case MATCHES ->
                text(
                        path,
                        "regexp_matches(%s, ?)",
                        NAMED_GROUP.matcher(value.textValue()).replaceAll("(?P<"));
        };
    }

    private static Sql equal(String path, JsonNode value) {
        if (value.isNumber()) {
            return compare(path, "=", value);
        }
        if (value.isBoolean()) {
            return Sql.of(
                    "(json_type(properties, ?) = 'BOOLEAN' and json_extract_string(properties, ?) = ?)",
                    path,
                    path,
                    value.asText());
        }
        return text(path, "%s = ?", value.textValue());
    }

    private static Sql oneOf(String path, JsonNode values) {
        List<Sql> any = new ArrayList<>();
        values.forEach(value -> any.add(equal(path, value)));
        return Sql.join(" or ", any).within("(", ")");
    }

    private static Sql not(Sql condition) {
        return condition.within("not coalesce(", ", false)");
    }

    private static Sql compare(String path, String comparison, JsonNode value) {
        if (value.isNumber()) {
            Sql number = number(path);
            return new Sql(number.text() + " " + comparison + " ?", append(number.parameters(), value.doubleValue()));
        }
        return text(path, "%s " + comparison + " ?", value.textValue());
    }

    private static Sql exists(String path, boolean wanted) {
        Sql there = Sql.of("coalesce(json_type(properties, ?), 'NULL') <> 'NULL'", path);
        return wanted ? there : there.within("not (", ")");
    }

    /** In a text the part, in a list the item; an item that is a number is equal whichever way it is written. */
    private static Sql contains(String path, JsonNode value) {
        if (value.isNumber()) {
            return Sql.of(
                    "(json_type(properties, ?) = 'ARRAY' and list_contains(list_transform("
                            + "from_json(json_extract(properties, ?), '[\"JSON\"]'), lambda item: case when"
                            + " json_type(item) in " + NUMERIC
                            + " then try_cast(json_extract_string(item, '$') as double) end), ?::double))",
                    path,
                    path,
                    value.doubleValue());
        }
        Sql item = Sql.of(
                "(json_type(properties, ?) = 'ARRAY' and "
                        + "list_contains(from_json(json_extract(properties, ?), '[\"JSON\"]'), ?::json))",
                path,
                path,
                value.toString());
        return value.isTextual()
                ? Sql.join(" or ", List.of(text(path, "contains(%s, ?)", value.textValue()), item))
                        .within("(", ")")
                : item;
    }

    /** A condition on a property that is text. */
    private static Sql text(String path, String condition, String value) {
        return Sql.of(
                "(json_type(properties, ?) = 'VARCHAR' and " + condition.formatted("json_extract_string(properties, ?)")
                        + ")",
                path,
                path,
                value);
    }

    /** The property as a number; null if it is none. */
    private static Sql number(String path) {
        return Sql.of(
                "case when json_type(properties, ?) in " + NUMERIC
                        + " then try_cast(json_extract_string(properties, ?) as double) end",
                path,
                path);
    }

    /** A dotted path as a JSON Pointer. */
    private static String pointer(String dotted) {
        return Arrays.stream(dotted.split("\\."))
                .map(part -> "/" + part.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }

    private static List<Object> append(List<Object> parameters, Object last) {
        List<Object> all = new ArrayList<>(parameters);
        all.add(last);
        return all;
    }
}
