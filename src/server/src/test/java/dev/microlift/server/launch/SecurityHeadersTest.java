package dev.microlift.server.launch;

import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.sending;
import static org.hamcrest.Matchers.is;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

/** What every answer forbids a browser. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class SecurityHeadersTest {

    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

    private static void assertHeaders(Response answer, int status, String policy) {
        answer.then()
                .statusCode(status)
                .header("X-Content-Type-Options", is("nosniff"))
                .header("Referrer-Policy", is("no-referrer"))
                .header("Cross-Origin-Opener-Policy", is("same-origin"))
                .header("Cross-Origin-Resource-Policy", is("cross-origin"))
                .header("Content-Security-Policy", is(policy));
    }

    @Test
    void everyAnswerCarriesThemWhateverItsStatusAndRoute() {
        assertHeaders(asAdmin().get("/api/v1/journeys"), 200, NOTHING);
        assertHeaders(sending("{}").post("/api/v1/journeys"), 400, NOTHING);
        assertHeaders(RestAssured.get("/api/v1/journeys"), 401, NOTHING);
        assertHeaders(asAdmin().get("/nothing/here"), 404, NOTHING);
        assertHeaders(asAdmin().put("/api/v1/plan"), 405, NOTHING);
        assertHeaders(sending("[]").post("/v1/batch"), 400, NOTHING);
        assertHeaders(RestAssured.get("/q/health/ready"), 200, NOTHING);
        assertHeaders(RestAssured.get("/q/metrics"), 200, NOTHING);
        assertHeaders(RestAssured.get("/q/openapi"), 200, NOTHING);
    }

    @Test
    void anAddressThatIsRefusedBeforeAnyRouteCarriesThemToo() {
        assertHeaders(RestAssured.given().urlEncodingEnabled(false).get("/api/v1/%00"), 400, NOTHING);
    }

    @Test
    void aPreflightCarriesThemBesideWhatItIsAskedFor() {
        Response preflight = RestAssured.given()
                .header("Origin", "https://shop.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .options("/v1/batch");

        assertHeaders(preflight, 200, NOTHING);
        preflight.then().header("Access-Control-Allow-Origin", is("https://shop.example"));
    }
}
