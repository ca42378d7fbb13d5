package dev.microlift.server.evaluation;

import static dev.microlift.server.Samples.createJourney;
import static dev.microlift.server.Samples.experiment;
import static dev.microlift.server.Samples.newKey;
import static dev.microlift.server.Samples.startExperiment;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile targeting is refused where it is defined, hostile contexts get an answer. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class TargetingLimitsTest {

    private static final String FLAGS = "/ofrep/v1/evaluate/flags/";

    private static ValidatableResponse define(String targeting) {
        return sending(experiment(newKey("experiment"), createJourney(), "\"targeting\": " + targeting))
                .post("/api/v1/experiments")
                .then();
    }

    private static ValidatableResponse ask(String flag, String context) {
        return sending("{\"context\": " + context + "}").post(FLAGS + flag).then();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"a": {"$nearly": 1}}           | /targeting/a/$nearly
            {"$xor": [{"a": 1}]}            | /targeting/$xor
            {"$and": {"a": 1}}              | /targeting/$and
            {"$or": [1]}                    | /targeting/$or/0
            {"a": {"$in": "DE"}}            | /targeting/a/$in
            {"a": {"$exists": "yes"}}       | /targeting/a/$exists
            {"a": {"$regex": 5}}            | /targeting/a/$regex
            {"a": {"$regex": "("}}          | /targeting/a/$regex
            {"a": {"$regex": "(a{999}){999}"}} | /targeting/a/$regex
            {"a": {"$type": 7}}             | /targeting/a/$type
            {"a": {"$size": "two"}}         | /targeting/a/$size
            {"a": {"$elemMatch": 1}}        | /targeting/a/$elemMatch
            {"a": {"$vgt": [2]}}            | /targeting/a/$vgt
            {"a": {"$inGroup": "nobody"}}   | /targeting/a/$inGroup
            [1, 2]                          | /targeting""")
    void aFaultOfTargetingIsToldWithItsPlace(String targeting, String pointer) {
        define(targeting).statusCode(400).body("errors.pointer", hasItem(pointer));
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 10_000})
    void conditionsThatAreNestedTooDeeplyAreRefusedWithTheirPlace(int levels) {
        define("{\"$and\": [".repeat(levels) + "{\"a\": 1}" + "]}".repeat(levels))
                .statusCode(400)
                .body("errors.pointer", hasItem(startsWith("/targeting/$and/0")));
    }

    @Test
    void anExpressionThatOthersNeedForeverForIsAnsweredAtOnce() {
        String flag = startExperiment("\"targeting\": {\"a\": {\"$regex\": \"(.*a){25}x\"}}");

        long start = System.nanoTime();
        ask(flag, "{\"targetingKey\": \"u1\", \"a\": \"" + "a".repeat(20_000) + "\"}")
                .statusCode(200);
        // A backtracking engine needs longer than the age of the universe.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"country\": 5}",
                "{\"country\": null}",
                "{\"country\": {\"a\": [1, {\"b\": true}]}}",
                "{\"country\": [[[[[[[[\"DE\"]]]]]]]]}",
                "{\"country\": 1e-999999999, \"age\": 1e-999999999, \"version\": 1e-999999999}",
                "{\"age\": 123456789012345678901234567890, \"version\": -0.0}",
                "{\"age\": 1e400, \"version\": {}}",
                "{\"age\": \"☕\", \"version\": \"\\u0007.-1.9999999999999999999\"}",
                "{\"user\": {\"id\": 7}, \"age\": [], \"version\": []}",
                "{\"user\": 1e-999999999}",
                "{\"user\": 1.5, \"\": 0, \"country.code\": 1, \"$and\": []}"
            })
    void aContextOfWrongTypesGetsADefinedAnswer(String attributes) {
        String flag = startExperiment("\"targeting\": {\"country\": {\"$in\": [\"DE\"]}, \"age\": {\"$gt\": 17},"
                + " \"version\": {\"$vgte\": \"2.1\"}, \"list\": {\"$elemMatch\": {\"$gt\": 1}}}");

        int status = ask(flag, "{\"targetingKey\": \"u1\", " + attributes.substring(1))
                .extract()
                .statusCode();
        assertThat(status).isIn(200, 400);
    }

    @Test
    void aContextOfAMegabyteIsAnsweredAndALargerOneRefused() {
        String flag = startExperiment("\"targeting\": {\"a\": {\"$regex\": \"x$\"}}");

        ask(flag, "{\"targetingKey\": \"u1\", \"a\": \"" + "é".repeat(500_000) + "\"}")
                .statusCode(200);
        ask(flag, "{\"targetingKey\": \"u1\", \"a\": \"" + "é".repeat(600_000) + "\"}")
                .statusCode(413);
    }

    @Test
    void anIdOfOtherCharactersThanAsciiHasAVariant() {
        String flag = startExperiment("");

        ask(flag, "{\"targetingKey\": \"jürgen ☕\"}").statusCode(200).body("reason", org.hamcrest.Matchers.is("SPLIT"));
    }
}
