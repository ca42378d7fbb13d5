package dev.microlift.server.analysis;

import static dev.microlift.server.analysis.Events.event;
import static dev.microlift.server.analysis.Events.exposure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.eventlog.Message;
import dev.microlift.server.journey.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which events make a step. */
class StepConditionsTest extends StoredEvents {

    /** How often the first step was done when one unit of the control sends events. */
    private long did(List<Step> steps, Message... messages) {
        store(exposure("x", "u", "c", 0));
        store(messages);
        Ask ask = new Ask();
        ask.steps = steps;
        return control(ask).steps().get(0).didUnits();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "op": "eq", "value": 10              | {"p": 10}              | 1
                    "op": "eq", "value": 10              | {"p": 10.0}            | 1
                    "op": "eq", "value": 10              | {"p": "10"}            | 0
                    "op": "eq", "value": "10"            | {"p": "10"}            | 1
                    "op": "eq", "value": "o'neil ☕"     | {"p": "o'neil ☕"}     | 1
                    "op": "eq", "value": true            | {"p": true}            | 1
                    "op": "eq", "value": true            | {"p": "true"}          | 0
                    "op": "neq", "value": 10             | {"p": 11}              | 1
                    "op": "neq", "value": 10             | {}                     | 1
                    "op": "neq", "value": 10             | {"p": 10}              | 0
                    "op": "in", "value": [1, "a", false] | {"p": "a"}             | 1
                    "op": "in", "value": [1, "a", false] | {"p": false}           | 1
                    "op": "in", "value": [1, "a", false] | {"p": 2}               | 0
                    "op": "nin", "value": [1, "a"]       | {"p": 2}               | 1
                    "op": "nin", "value": [1, "a"]       | {"p": 1}               | 0
                    "op": "gt", "value": 10              | {"p": 10.01}           | 1
                    "op": "gt", "value": 10              | {"p": 10}              | 0
                    "op": "gte", "value": 10             | {"p": 10}              | 1
                    "op": "gte", "value": 10             | {"p": "11"}            | 0
                    "op": "lt", "value": -1.5            | {"p": -2}              | 1
                    "op": "lte", "value": 1e3            | {"p": 1000}            | 1
                    "op": "gt", "value": "b"             | {"p": "c"}             | 1
                    "op": "exists", "value": true        | {"p": 0}               | 1
                    "op": "exists", "value": true        | {"p": null}            | 0
                    "op": "exists", "value": false       | {"q": 1}               | 1
                    "op": "contains", "value": "ell"     | {"p": "hello"}         | 1
                    "op": "contains", "value": "b"       | {"p": ["a", "b"]}      | 1
                    "op": "contains", "value": "b"       | {"p": ["ab"]}          | 0
                    "op": "contains", "value": 2         | {"p": [1, 2]}          | 1
                    "op": "contains", "value": 2         | {"p": [[2]]}           | 0
                    "op": "contains", "value": 2         | {"p": ["2", 2.0]}      | 1
                    "op": "contains", "value": 2         | {"p": ["2", true]}     | 0
                    "op": "startsWith", "value": "/p/"   | {"p": "/p/1"}          | 1
                    "op": "startsWith", "value": "/p/"   | {"p": 7}               | 0
                    "op": "endsWith", "value": ".pdf"    | {"p": "a.pdf"}         | 1
                    "op": "matches", "value": "^a[0-9]+" | {"p": "a12b"}          | 1
                    "op": "matches", "value": "^a[0-9]+" | {"p": "ba12"}          | 0
                    "op": "matches", "value": "(?<n>a+)" | {"p": "xaa"}           | 1
                    "op": "matches", "value": "(?P<n>b)" | {"p": "xaa"}           | 0""")
    void aConditionMindsTheTypeOfAProperty(String condition, String properties, long expected) {
        List<Step> steps = steps(
                "", "{\"key\": \"g\", \"event\": \"E\", \"where\": [{\"property\": \"p\", " + condition.trim() + "}]}");

        assertThat(did(steps, event("e", "u", "E", 1, properties.trim()))).isEqualTo(expected);
    }

    @Test
    void aPropertyIsReachedByItsDottedPath() {
        List<Step> steps = steps(
                "",
                "{\"key\": \"g\", \"event\": \"E\", \"where\": [{\"property\": \"cart.a~b/c.total\", \"op\": \"gt\", \"value\": 1}]}");

        assertThat(did(steps, event("e", "u", "E", 1, "{\"cart\": {\"a~b/c\": {\"total\": 2}}}")))
                .isEqualTo(1);
    }

    @Test
    void allConditionsOfAnEventMustHoldAndAnyOfItsAlternatives() {
        List<Step> steps = steps("", """
                {"key": "g", "anyOf": [
                  {"event": "A", "where": [{"property": "p", "op": "eq", "value": 1},
                                           {"property": "q", "op": "eq", "value": 2}]},
                  {"event": "B"}]}""");
        store(exposure("x1", "u1", "c", 0), event("e1", "u1", "A", 1, "{\"p\": 1}"));
        store(exposure("x2", "u2", "c", 0), event("e2", "u2", "A", 1, "{\"p\": 1, \"q\": 2}"));
        store(exposure("x3", "u3", "c", 0), event("e3", "u3", "B", 1));
        Ask ask = new Ask();
        ask.steps = steps;

        assertThat(control(ask).steps().get(0).didUnits()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 1"})
    void aCountThresholdWantsThatManyEvents(int events, long expected) {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            messages.add(event("e" + i, "u", "E", i));
        }

        assertThat(did(
                        steps("", "{\"key\": \"g\", \"event\": \"E\", \"atLeast\": {\"count\": 2}}"),
                        messages.toArray(new Message[0])))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"14.5, 0", "15, 1", "100, 1"})
    void aSumThresholdWantsThatMuch(double second, long expected) {
        List<Step> steps =
                steps("", "{\"key\": \"g\", \"event\": \"E\", \"atLeast\": {\"sum\": \"seconds\", \"value\": 30}}");

        assertThat(did(
                        steps,
                        event("e1", "u", "E", 1, "{\"seconds\": 15}"),
                        event("e2", "u", "E", 2, "{\"seconds\": " + second + "}")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"49, 1", "50, 0"})
    void aStepsOwnWindowBeginsWithTheStepBefore(long gap, long expected) {
        Ask ask = new Ask();
        ask.steps = steps(
                "{\"key\": \"view\", \"event\": \"View\"}",
                "{\"key\": \"buy\", \"event\": \"Buy\", \"window\": \"PT0.05S\"}");
        store(exposure("x", "u", "c", 0), event("e1", "u", "View", 1000), event("e2", "u", "Buy", 1000 + gap));

        assertThat(control(ask).steps().get(1).didUnits()).isEqualTo(expected);
    }
}
