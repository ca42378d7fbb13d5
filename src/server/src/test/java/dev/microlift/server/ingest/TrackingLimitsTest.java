package dev.microlift.server.ingest;

import static dev.microlift.server.TestServer.ADMIN_KEY;
import static dev.microlift.server.TestServer.as;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.newKey;
import static dev.microlift.server.TestServer.sending;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.microlift.server.LogLines;
import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class TrackingLimitsTest {

    private static byte[] padded(int bytes) {
        byte[] body = new byte[bytes];
        Arrays.fill(body, (byte) ' ');
        byte[] batch = "{\"batch\": []}".getBytes(UTF_8);
        System.arraycopy(batch, 0, body, 0, batch.length);
        return body;
    }

    private static int statusOf(String key, BodyPublisher body) throws IOException, InterruptedException {
        return statusOf(key, body, Duration.ofSeconds(60));
    }

    private static int statusOf(String key, BodyPublisher body, Duration atMost)
            throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/v1/batch"))
                .header("X-API-Key", key)
                .header("Content-Type", "application/json")
                .timeout(atMost)
                .POST(body)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    @Test
    void aClientThatSendsFarTooMuchHearsTheRefusal() throws IOException, InterruptedException {
        for (int bytes : new int[] {600_000, 50_000_000}) {
            byte[] body = padded(bytes);

            assertThat(statusOf(ADMIN_KEY, BodyPublishers.ofByteArray(body))).isEqualTo(413);
            assertThat(statusOf(ADMIN_KEY, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))))
                    .isEqualTo(413);
            assertThat(statusOf("wrong", BodyPublishers.ofByteArray(body))).isEqualTo(401);
        }
    }

    @Test
    void aRequestOfExactlyTheLimitIsTaken() {
        sending(new String(padded(Limits.WIRE_BYTES), UTF_8))
                .post("/v1/batch")
                .then()
                .statusCode(200);
        sending(new String(padded(Limits.WIRE_BYTES + 1), UTF_8))
                .post("/v1/batch")
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("success", equalTo(false))
                .body("type", containsString("too-large"));
    }

    @Test
    void aSecretKeyMaySendMoreAfterDecompressionThanAClientKey() {
        byte[] between = BodiesTest.gzip(padded(Limits.CLIENT_BYTES + 1));
        byte[] above = BodiesTest.gzip(padded(Limits.SECRET_BYTES + 1));

        assertThat(statusOfCompressed(newKey("client"), between)).isEqualTo(413);
        assertThat(statusOfCompressed(newKey("server"), between)).isEqualTo(200);
        assertThat(statusOfCompressed(newKey("server"), above)).isEqualTo(413);
    }

    @Test
    void aBombIsTooLarge() {
        assertThat(statusOfCompressed(ADMIN_KEY, BodiesTest.gzip(new byte[200_000_000])))
                .isEqualTo(413);
    }

    private static int statusOfCompressed(String key, byte[] body) {
        return as(key).contentType("application/json")
                .header("Content-Encoding", "gzip")
                .body(body)
                .post("/v1/batch")
                .statusCode();
    }

    @Test
    void moreThan2500MessagesAreTooMany() {
        sending("{\"batch\": [" + "{},".repeat(2_500) + "{}]}")
                .post("/v1/batch")
                .then()
                .statusCode(413);
    }

    @Test
    void aDeepBodyIsTooLarge() {
        sending("{\"batch\": [{\"a\": " + "[".repeat(14) + "]".repeat(14) + "}]}")
                .post("/v1/batch")
                .then()
                .statusCode(413);
    }

    @Test
    void aLargeMessageIsRejectedAloneInABatchAndRefusedByItself() {
        String large = "{\"type\": \"track\", \"event\": \"e\", \"userId\": \"u\", \"properties\": {\"x\": \""
                + "x".repeat(Limits.MESSAGE_BYTES) + "\"}}";

        sending("{\"batch\": [" + large + "]}")
                .post("/v1/batch")
                .then()
                .statusCode(200)
                .body("rejected.code", contains("too-large"));
        sending(large).post("/v1/track").then().statusCode(413);
    }

    /** More than the server has threads to read bodies with, and longer than what is received before one reads. */
    @Test
    void uploadsThatBreakOffHoldUpNobody() throws IOException, InterruptedException {
        for (int i = 0; i < 300; i++) {
            try (Socket socket = new Socket("localhost", RestAssured.port)) {
                beginUpload(socket, "/v1/batch", 200_000);
            }
        }

        assertThat(statusOf(ADMIN_KEY, BodyPublishers.ofString("{\"batch\": []}"), Duration.ofSeconds(40)))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/batch", "/ofrep/v1/evaluate/flags"})
    void uploadsThatBreakOffAreNoErrorsOfTheServer(String route) throws IOException, InterruptedException {
        try (LogLines errors = LogLines.ofDroppedFailures()) {
            for (int i = 0; i < 100; i++) {
                for (int bytes : new int[] {12_000, 60_000, 300_000}) {
                    try (Socket socket = new Socket("localhost", RestAssured.port)) {
                        beginUpload(socket, route, bytes);
                    }
                }
            }

            assertThat(statusOf(ADMIN_KEY, BodyPublishers.ofString("{\"batch\": []}"), Duration.ofSeconds(40)))
                    .isEqualTo(200);
            assertThat(errors.count()).isZero();
        }
    }

    /** Of each a part has come, and the connection is open. */
    @Test
    void uploadsThatWaitForTheirSendersHoldUpNobody() throws IOException, InterruptedException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket = new Socket("localhost", RestAssured.port);
                open.add(socket);
                beginUpload(socket, "/v1/batch", 60_000);
            }

            assertThat(statusOf(ADMIN_KEY, BodyPublishers.ofString("{\"batch\": []}"), Duration.ofSeconds(40)))
                    .isEqualTo(200);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    /** Sends half of so many bytes. */
    private static void beginUpload(Socket socket, String route, int bytes) throws IOException {
        socket.getOutputStream()
                .write(("POST " + route + " HTTP/1.1\r\nHost: x\r\nX-API-Key: " + ADMIN_KEY
                                + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes + "\r\n\r\n"
                                + "{\"batch\": [" + " ".repeat(bytes / 2))
                        .getBytes(UTF_8));
    }

    @Test
    void whatIsNotGzipIsABadRequest() {
        asAdmin()
                .contentType("application/json")
                .header("Content-Encoding", "gzip")
                .body("plain".getBytes(UTF_8))
                .post("/v1/batch")
                .then()
                .statusCode(400)
                .body("success", equalTo(false));
    }

    /** A refusal and the end of the body that nobody read come at about the same moment; often enough, at the very same. */
    @Test
    void everyRefusalIsHeard() {
        byte[] request = ("POST /v1/batch HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: " + ADMIN_KEY
                        + "\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\nno gzip")
                .getBytes(UTF_8);

        assertThat(IntStream.range(0, 4_000)
                        .parallel()
                        .mapToObj(i -> answer(request))
                        .distinct())
                .containsExactly("HTTP/1.1 400 Bad Request");
    }

    private static String answer(byte[] request) {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(20_000);
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(request);
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            return answer.substring(0, answer.indexOf('\r'));
        } catch (IOException unheard) {
            return unheard.toString();
        }
    }
}
