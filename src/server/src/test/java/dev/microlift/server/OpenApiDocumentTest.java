package dev.microlift.server;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.microlift.assignment.Conditions;
import dev.microlift.server.document.Choices;
import dev.microlift.server.journey.Operator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The OpenAPI document tells its readers everything they need; what it does not is named with its operation. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class OpenApiDocumentTest {

    /** What is written where nobody wrote a description. */
    private static final Set<String> REASON_PHRASES = Set.of("", "OK", "Created", "Accepted", "No Content");

    private static final Set<String> OF_THE_TRANSPORT = Set.of("accept-encoding", "content-length", "origin");

    private JsonNode document;

    /** A part of an operation, named so that one finds it. */
    private record Part(String name, JsonNode json) {

        Part child(String called, JsonNode child) {
            return new Part(name + ", " + called, child);
        }

        String text(String field) {
            return json.path(field).asText().strip();
        }

        Stream<Part> media() {
            return json.path("content").properties().stream().map(type -> child(type.getKey(), type.getValue()));
        }

        boolean isJson() {
            return name.endsWith("json") && !name.endsWith("ndjson");
        }
    }

    @BeforeEach
    void read() throws JsonProcessingException {
        document = new ObjectMapper()
                .readTree(given().queryParam("format", "json").get("/q/openapi").asString());
    }

    private Stream<Part> operations() {
        return DocumentedRoute.all().stream()
                .map(route -> new Part(
                        route.method() + " " + route.path(),
                        document.path("paths")
                                .path(route.path())
                                .path(route.method().toLowerCase(Locale.ROOT))));
    }

    private Stream<Part> parameters() {
        return operations()
                .flatMap(operation -> operation
                        .json()
                        .path("parameters")
                        .valueStream()
                        .map(parameter -> operation.child(
                                "parameter " + parameter.path("name").asText(), parameter)));
    }

    private Stream<Part> bodies() {
        return operations()
                .filter(operation -> operation.json().has("requestBody"))
                .map(operation -> operation.child("body", operation.json().path("requestBody")));
    }

    private Stream<Part> successes() {
        return operations()
                .flatMap(operation -> operation.json().path("responses").properties().stream()
                        .filter(answer -> answer.getKey().startsWith("2"))
                        .map(answer -> operation.child(answer.getKey(), answer.getValue())));
    }

    /** The media types of all bodies and of all answers that are no errors. */
    private Stream<Part> contents() {
        return Stream.of(bodies(), successes()).flatMap(Function.identity()).flatMap(Part::media);
    }

    private Stream<Part> refusals() {
        return document.path("components")
                .path("responses")
                .propertyStream()
                .map(answer -> new Part(answer.getKey(), answer.getValue()));
    }

    /** What is said of creating. */
    private String description(String path) {
        return document.path("paths").path(path).at("/post/description").asText();
    }

    /** One of the schemas that others refer to. */
    private JsonNode schema(String name) {
        return document.path("components").path("schemas").path(name);
    }

    /** With the schemas that it refers to, as one document. */
    private JsonSchema whole(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.path("components"));
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(whole);
    }

    private static void assertNone(Stream<Part> parts, Predicate<Part> offends) {
        assertThat(parts.filter(offends).map(Part::name)).isEmpty();
    }

    @Test
    void everyOperationIsSummed() {
        assertThat(operations()).hasSizeGreaterThan(80);
        assertNone(operations(), operation -> operation.text("summary").isEmpty());
    }

    @Test
    void everyOperationTellsOfAnAnswerThatIsNoError() {
        assertNone(
                operations(),
                operation -> operation
                        .json()
                        .path("responses")
                        .propertyStream()
                        .noneMatch(answer -> answer.getKey().startsWith("2")));
    }

    @Test
    void everyOperationTellsHowItMayRefuse() {
        assertNone(
                operations(),
                operation -> !Set.of("400", "401", "403", "429", "503").stream()
                        .allMatch(operation.json().path("responses")::has));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(document.findValuesAsText("$ref"))
                .hasSizeGreaterThan(100)
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isObject())
                        .isTrue());
    }

    @Test
    void everyParameterIsDescribed() {
        assertNone(parameters(), parameter -> parameter.text("description").isEmpty());
    }

    @Test
    void noParameterIsADetailOfTheTransport() {
        assertNone(
                parameters(),
                parameter -> OF_THE_TRANSPORT.contains(parameter.text("name").toLowerCase(Locale.ROOT)));
    }

    @Test
    void everyAnswerIsDescribedInWordsOfItsOwn() {
        assertNone(successes(), answer -> REASON_PHRASES.contains(answer.text("description")));
    }

    @Test
    void everyBodyHasAMediaType() {
        assertNone(bodies(), body -> body.media().findAny().isEmpty());
    }

    @Test
    void everyMediaTypeHasAnExample() {
        assertNone(contents(), type -> !type.json().has("example"));
    }

    /** What does not parse stands in the document as text. */
    @Test
    void everyExampleOfJsonIsJson() {
        assertNone(
                contents().filter(Part::isJson),
                type -> !type.json().path("example").isContainerNode());
    }

    /** Lines and events are text, and so is everything between them. */
    @Test
    void everyExampleOfAStreamOrTableIsText() {
        assertNone(
                successes().flatMap(Part::media).filter(type -> !type.isJson()),
                type -> !type.json().path("example").isTextual());
    }

    @Test
    void everyExampleOfJsonFitsItsSchema() {
        assertThat(Stream.of(contents(), refusals().flatMap(Part::media))
                        .flatMap(Function.identity())
                        .filter(type -> type.isJson() && type.json().has("schema"))
                        .flatMap(
                                type -> whole(type.json().path("schema"))
                                        .validate(type.json().path("example"))
                                        .stream()
                                        .map(mistake -> type.name() + ": " + mistake.getMessage())))
                .isEmpty();
    }

    @Test
    void creatingAnExperimentNamesTheOperatorsOfTargeting() {
        assertThat(description("/api/v1/experiments")).contains(Conditions.VALUE_OPERATORS);
    }

    @Test
    void creatingAJourneyNamesTheOperatorsOfItsConditions() {
        assertThat(Operator.values())
                .allSatisfy(operator -> assertThat(description("/api/v1/journeys"))
                        .containsPattern("\\b" + Choices.write(operator) + "\\b"));
    }

    @Test
    void choicesAreNamedAsAnswersWriteThem() {
        assertThat(schema("AlertKind").path("enum").valueStream().map(JsonNode::asText))
                .contains("guardrailViolated");
    }

    @Test
    void fieldsThatMayBeNullSaySo() {
        assertThat(schema("PageAlert").at("/properties/nextCursor/type"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("string", "null");
    }

    @Test
    void fieldsOfAnotherSchemaThatMayBeNullSaySo() {
        assertThat(schema("About").at("/properties/stoppedAt/anyOf").findValuesAsText("type"))
                .containsExactly("null");
    }

    @Test
    void itemsThatMayBeNullSaySo() {
        assertThat(schema("VariantFunnel").at("/properties/fromPrevious/items/type"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("number", "null");
    }

    @Test
    void fieldsThatAreAlwaysThereAreNeverNull() {
        assertThat(schema("PageAlert").at("/properties/items/type").asText()).isEqualTo("array");
    }
}
