package dev.microlift.stats.golden;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One reference case: an input, the figures expected for it and how closely they must agree.
 *
 * @param name what the case shows
 * @param input the method's input
 * @param expected the expected figures by field name
 * @param abs absolute tolerance
 * @param rel tolerance relative to the expected figure
 */
record GoldenCase(String name, JsonNode input, JsonNode expected, double abs, double rel) {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    static List<GoldenCase> read(InputStream json) {
        try (json) {
            List<GoldenCase> cases = new ArrayList<>();
            for (JsonNode node : MAPPER.readTree(json)) {
                JsonNode tolerance = node.path("tolerance");
                cases.add(new GoldenCase(
                        node.path("name").asText(),
                        node.path("input"),
                        node.path("expected"),
                        tolerance.path("abs").asDouble(),
                        tolerance.path("rel").asDouble()));
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The library's figures for the fields that are expected. */
    ObjectNode actual(String method) {
        Map<String, @Nullable Object> figures = GoldenMethods.run(method, new GoldenInput(input));
        ObjectNode all = MAPPER.valueToTree(figures);
        ObjectNode actual = MAPPER.createObjectNode();
        expected.fieldNames().forEachRemaining(field -> actual.set(field, all.get(field)));
        return actual;
    }

    /** Every field that disagrees, in words; empty if all agree. */
    List<String> disagreements(ObjectNode actual) {
        List<String> found = new ArrayList<>();
        compare("", expected, actual, found);
        return found;
    }

    private void compare(String path, JsonNode want, @Nullable JsonNode got, List<String> found) {
        if (want.isObject() && got != null && got.isObject()) {
            Iterator<String> fields = want.fieldNames();
            while (fields.hasNext()) {
                String field = fields.next();
                compare(path + "." + field, want.get(field), got.get(field), found);
            }
        } else if (want.isArray() && got != null && got.isArray() && want.size() == got.size()) {
            for (int i = 0; i < want.size(); i++) {
                compare(path + "[" + i + "]", want.get(i), got.get(i), found);
            }
        } else if (!agrees(want, got)) {
            found.add(path + ": expected " + want + " but was " + got);
        }
    }

    private boolean agrees(JsonNode want, @Nullable JsonNode got) {
        if (got == null || !want.isNumber() || !got.isNumber()) {
            return want.equals(got);
        }
        if (want.isIntegralNumber() && got.isIntegralNumber()) {
            return want.asLong() == got.asLong();
        }
        return Math.abs(got.asDouble() - want.asDouble()) <= abs + rel * Math.abs(want.asDouble());
    }
}
