package dev.microlift.server.ingest;

import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** How bodies of tracking requests may be written. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class BodyFormatsTest extends OneMessage {

    @Test
    void plainTextAndABodyWithoutAContentTypeAreReadAsJson() {
        asAdmin()
                .contentType("text/plain;charset=UTF-8")
                .body(track().getBytes(UTF_8))
                .post("/v1/t")
                .then()
                .statusCode(200);

        assertThat(stored("count(*)")).containsExactly("1");
    }

    @Test
    void otherContentTypesAndEncodingsAreNotServed() {
        asAdmin()
                .contentType("application/xml")
                .body("<x/>")
                .post("/v1/track")
                .then()
                .statusCode(415)
                .contentType("application/problem+json")
                .body("success", equalTo(false));
        asAdmin()
                .contentType("application/x-ndjson")
                .body(track().getBytes(UTF_8))
                .post("/v1/track")
                .then()
                .statusCode(415);
        sending(track())
                .header("Content-Encoding", "br")
                .post("/v1/track")
                .then()
                .statusCode(415);
    }

    @Test
    void aCompressedBodyIsRead() {
        asAdmin()
                .contentType("application/json")
                .header("Content-Encoding", "gzip")
                .body(BodiesTest.gzip(track().getBytes(UTF_8)))
                .post("/v1/track")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1));
    }

    @Test
    void compressedJsonIsTakenUnderTheNameThatRudderStackGivesIt() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(("{\"batch\": [" + track() + "]}").getBytes(UTF_8));
        }

        asAdmin()
                .config(RestAssured.config()
                        .encoderConfig(encoderConfig()
                                .encodeContentTypeAs("application/x-www-form-urlencoded", ContentType.TEXT)
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .contentType("application/x-www-form-urlencoded")
                .header("Content-Encoding", "gzip")
                .body(compressed.toByteArray())
                .post("/v1/batch")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1));
    }
}
