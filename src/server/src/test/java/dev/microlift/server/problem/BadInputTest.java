package dev.microlift.server.problem;

import static dev.microlift.server.Samples.createJourney;
import static dev.microlift.server.Samples.experiment;
import static dev.microlift.server.Samples.newKey;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the answer is a problem document that names the place, and nothing changes. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class BadInputTest {

    private static ValidatableResponse problem(ValidatableResponse answer, int status) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("type", notNullValue())
                .body("title", notNullValue())
                .body("detail", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"key\": \"a\",}",
                "{\"key\": \"a\", \"key\": \"b\"}",
                "{\"key\": \"a\"} trailing",
                "{\"key\": NaN}",
                "{'key': 'a'}",
                "\u0000",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
            })
    void whatIsNoJsonIsMalformed(String body) {
        problem(sending(body).post("/api/v1/journeys").then(), 400)
                .body("type", equalTo("urn:microlift:problem:malformed-json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "\"text\"", "[]", "true"})
    void whatIsJsonButNoObjectIsRefused(String body) {
        problem(sending(body).post("/api/v1/journeys").then(), 400).body("errors.pointer", hasItem(""));
        problem(sending(body).post("/api/v1/experiments").then(), 400).body("errors.pointer", hasItem(""));
    }

    @Test
    void wrongTypesAreNamedFieldByField() {
        problem(sending("""
                                        {"key": 7, "name": [], "journeys": "shop", "variants": {}, "traffic": "all",
                                         "overrides": [], "plan": 1, "guardrails": null, "targeting": 5}""").post("/api/v1/experiments").then(), 400)
                .body("errors.pointer", hasItem("/key"))
                .body("errors.pointer", hasItem("/name"))
                .body("errors.pointer", hasItem("/journeys"))
                .body("errors.pointer", hasItem("/variants"))
                .body("errors.pointer", hasItem("/traffic"))
                .body("errors.pointer", hasItem("/overrides"))
                .body("errors.pointer", hasItem("/plan"))
                .body("errors.pointer", hasItem("/targeting"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "a\\u0000b"})
    void textThatNothingCanStoreIsRefusedByPlace(String text) {
        String body = "{\"key\": \"" + newKey("journey") + "\", \"name\": \"" + text
                + "\", \"goal\": {\"key\": \"g\", \"event\": \"E\"}}";

        problem(sending(body).post("/api/v1/journeys").then(), 400).body("errors.pointer", hasItem("/name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e400", "1e-999999999", "1e9999999999999999999"})
    void numbersOutOfAllProportionAreRefusedByPlaceAndAtOnce(String number) {
        String body = experiment(newKey("experiment"), createJourney(), "\"traffic\": " + number);

        problem(sending(body).post("/api/v1/experiments").then(), 400).body("errors.pointer", hasItem("/traffic"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/track", "/v1/batch", "/ofrep/v1/evaluate/flags"})
    void anExponentThatNoNumberHoldsIsMalformedEverywhere(String path) {
        sending("{\"context\": 1e9999999999999999999, \"batch\": []}")
                .post(path)
                .then()
                .statusCode(400);
    }

    @Test
    void aRefusedDocumentChangesNothing() {
        String key = newKey("experiment");
        sending(experiment(key, createJourney(), "\"traffic\": 0")).post("/api/v1/experiments");

        problem(asAdmin().get("/api/v1/experiments/" + key).then(), 404);
    }

    @Test
    void aConfigurationBodyOfMoreThanAMebibyteIsTooLarge() {
        String body = "{\"key\": \"" + "x".repeat(2_000_000) + "\"}";

        problem(sending(body).post("/api/v1/journeys").then(), 413);
    }

    @Test
    void anUnknownAddressAWrongMethodAndAWrongContentTypeAreProblemsToo() {
        problem(given().get("/api/v1/nothing").then(), 404);
        problem(given().get("/nothing").then(), 404);
        problem(asAdmin().patch("/api/v1/journeys").then(), 405);
        problem(asAdmin().delete("/v1/batch").then(), 405);
        problem(
                asAdmin()
                        .contentType("text/csv")
                        .body("a,b")
                        .post("/api/v1/journeys")
                        .then(),
                415);
        problem(asAdmin().accept("image/png").get("/api/v1/journeys").then(), 406);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/journeys/%00", "/api/v1/journeys?cursor=%00", "/ofrep/v1/evaluate/flags/%00"})
    void anAddressThatHoldsANulIsRefusedInWords(String address) throws IOException {
        String answer = raw("GET " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/", "NUL character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/journeys/%zz", "/api/v1/journeys/a%", "/v1/batch?a=%zz"})
    void anAddressThatCannotBeDecodedIsABadRequest(String address) throws IOException {
        String answer = raw("GET " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400");
    }

    /** Says what no HTTP library would. */
    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"population=some", "stepOrder=backwards", "asOf=yesterday", "from=1", "journey=none", "segment=,"
            })
    void aWrongReportOptionIsNamed(String option) {
        String key = dev.microlift.server.Samples.createExperiment("");
        String[] parts = option.split("=");

        String detail = problem(
                        asAdmin()
                                .queryParam(parts[0], parts[1])
                                .get("/api/v1/experiments/" + key + "/report")
                                .then(),
                        400)
                .extract()
                .path("detail");
        assertThat(detail).startsWith(parts[0]);
    }

    @Test
    void aReportOfAnUnknownExperimentIsNotFound() {
        problem(asAdmin().get("/api/v1/experiments/nobody-made-this/report").then(), 404);
    }

    @Test
    void aLifeOfAnUnknownExperimentOrVariantIsNotFound() {
        problem(asAdmin().post("/api/v1/experiments/nobody-made-this/start").then(), 404);
        String key = dev.microlift.server.Samples.startExperiment("");
        problem(
                asAdmin()
                        .post("/api/v1/experiments/" + key + "/variants/purple/mute")
                        .then(),
                404);
    }
}
