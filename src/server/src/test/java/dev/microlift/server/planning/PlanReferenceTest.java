package dev.microlift.server.planning;

import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.Samples;
import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The statistics library's reference cases of planning, asked over HTTP as the goal of a journey. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class PlanReferenceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CASES = Path.of("..", "stats", "src", "test", "resources", "golden", "power.json");
    private static final Map<Double, String> METHODS = Map.of(1.0, "fixed", 1.07, "hybrid", 1.71, "sequential");

    private static String journeyOfAGoalAlone() {
        String journey = Samples.newKey("journey");
        sending("{\"key\": \"%s\", \"goal\": {\"key\": \"buy\", \"event\": \"B\", \"value\": \"revenue\"}}"
                        .formatted(journey))
                .post("/api/v1/journeys")
                .then()
                .statusCode(201);
        return journey;
    }

    /** Cases of an operation that can be asked over HTTP: the power of an observed effect never is, nor is no effect. */
    private static Stream<JsonNode> cases(String operation) throws IOException {
        return StreamSupport.stream(JSON.readTree(CASES.toFile()).spliterator(), false)
                .filter(example -> example.at("/input/op").textValue().equals(operation))
                .filter(example -> example.at("/input/lift").asDouble(1) != 0);
    }

    static Stream<JsonNode> sizes() throws IOException {
        return cases("size");
    }

    static Stream<JsonNode> detectableLifts() throws IOException {
        return cases("mde");
    }

    private static JsonNode row(ObjectNode request, JsonNode input) throws IOException {
        boolean mean = input.get("kind").textValue().equals("mean");
        request.put("journey", journeyOfAGoalAlone());
        request.set("alpha", input.get("alpha"));
        request.set("power", input.get("power"));
        ObjectNode goal = request.putObject("baselines").putObject("buy");
        if (mean) {
            goal.put("rate", 0.1).set("mean", input.get("baseline"));
            goal.set("sd", input.get("sd"));
        } else {
            goal.set("rate", input.get("baseline"));
        }
        String answer = asAdmin()
                .contentType("application/json")
                .body(request.toString())
                .post("/api/v1/plan")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return JSON.readTree(answer).at(mean ? "/value" : "/steps/0");
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void theRequiredUnitsAreThoseOfTheReference(JsonNode example) throws IOException {
        JsonNode input = example.get("input");
        ObjectNode request = JSON.createObjectNode();
        request.set("lift", input.get("lift"));
        request.set("allocation", input.get("allocation"));
        request.set("dailyUnits", input.get("dailyUnits"));
        request.set("maturityDays", input.get("maturityDays"));
        request.put("method", METHODS.get(input.get("inflation").doubleValue()));

        JsonNode row = row(request, input);

        JsonNode expected = example.get("expected");
        assertThat(row.get("comparisons")).isEqualTo(input.get("comparisons"));
        assertThat(row.get("requiredUnits")).isEqualTo(expected.get("nTotal"));
        assertThat(row.get("unitsPerVariant")).isEqualTo(expected.get("nArms"));
        assertThat(row.get("days")).isEqualTo(expected.get("days"));
        assertThat(row.get("reason")).isEqualTo(expected.get("reason"));
    }

    @ParameterizedTest
    @MethodSource("detectableLifts")
    void theDetectableLiftIsThatOfTheReference(JsonNode example) throws IOException {
        JsonNode input = example.get("input");
        ObjectNode request = JSON.createObjectNode();
        ArrayNode allocation = request.putArray("variants");
        allocation.add(input.get("nC")).add(input.get("nT"));
        request.put("lift", 0.05);
        request.put("dailyUnits", input.get("nC").longValue() + input.get("nT").longValue());
        request.put("days", 1);
        request.put("method", "fixed");

        JsonNode row = row(request, input);

        JsonNode expected = example.get("expected");
        assertThat(row.get("minimumDetectableReason")).isEqualTo(expected.get("reason"));
        if (expected.get("reason").isNull()) {
            assertThat(row.get("minimumDetectableLift").doubleValue())
                    .isCloseTo(expected.get("mdeRel").doubleValue(), within(1e-8));
            assertThat(row.get("minimumDetectableDifference").doubleValue())
                    .isCloseTo(expected.get("mdeAbs").doubleValue(), within(1e-7));
        } else {
            assertThat(row.get("minimumDetectableLift").isNull()).isTrue();
        }
    }
}
