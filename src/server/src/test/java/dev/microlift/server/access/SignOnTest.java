package dev.microlift.server.access;

import static dev.microlift.server.TestServer.as;
import static dev.microlift.server.TestServer.asAdmin;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.microlift.server.Samples;
import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** People with tokens of an issuer, and addresses that try wrong ones. */
@QuarkusTest
@TestProfile(SignOnProfile.class)
@QuarkusTestResource(TestServer.class)
class SignOnTest {

    private static RequestSpecification person(String group) {
        return as(TestIssuer.token(group, TestIssuer.AUDIENCE, Instant.now().plusSeconds(3600)));
    }

    private static int reading(String token) {
        return from("192.0.2.10", token).get("/api/v1/journeys").statusCode();
    }

    private static int creatingAJourney(RequestSpecification request) {
        return request.contentType("application/json")
                .body(Samples.journey(Samples.newKey("sign-on")))
                .post("/api/v1/journeys")
                .statusCode();
    }

    @Test
    void aViewerReadsAndDoesNotWrite() {
        assertThat(person("watchers").get("/api/v1/journeys").statusCode()).isEqualTo(200);
        assertThat(creatingAJourney(person("watchers"))).isEqualTo(403);
    }

    @Test
    void anEditorWritesAndManagesNoKeys() {
        assertThat(creatingAJourney(person("makers"))).isEqualTo(201);
        assertThat(person("makers").get("/api/v1/keys").statusCode()).isEqualTo(403);
    }

    @Test
    void anAdminManagesKeysAndDoesNotStandInForAnApplication() {
        assertThat(person("owners").get("/api/v1/keys").statusCode()).isEqualTo(200);
        assertThat(person("owners")
                        .contentType("application/json")
                        .body("{}")
                        .post("/ofrep/v1/evaluate/flags")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aClaimThatIsCalledLikeAPermissionGivesNone() {
        assertThat(person(Permission.ADMINISTER).get("/api/v1/keys").statusCode())
                .isEqualTo(403);
    }

    @Test
    void anotherSignatureAnotherAudienceAndAnExpiredTokenAreRefused() {
        Instant later = Instant.now().plusSeconds(3600);

        assertThat(reading(TestIssuer.forged("owners"))).isEqualTo(401);
        assertThat(reading(TestIssuer.token("owners", "another", later))).isEqualTo(401);
        assertThat(reading(TestIssuer.token(
                        "owners", TestIssuer.AUDIENCE, Instant.now().minusSeconds(3600))))
                .isEqualTo(401);
    }

    @Test
    void keysWorkBesideTokens() {
        asAdmin().get("/api/v1/keys").then().statusCode(200);
        from("192.0.2.11", "mla_nobody_knows").get("/api/v1/keys").then().statusCode(401);
        given().get("/api/v1/keys").then().statusCode(401);
    }

    @Test
    void theAuditLogNamesThePerson() {
        String key = Samples.newKey("sign-on");
        person("makers")
                .contentType("application/json")
                .body(Samples.journey(key))
                .post("/api/v1/journeys")
                .then()
                .statusCode(201);

        asAdmin()
                .queryParam("object", "journey/" + key)
                .get("/api/v1/audit")
                .then()
                .body("items[0].actor.kind", equalTo("person"))
                .body("items[0].actor.id", equalTo(TestIssuer.SUBJECT));
    }

    @Test
    void anAddressThatTriesManyWrongKeysIsAskedToWait() {
        String address = "192.0.2.1";
        for (int i = 0; i < SignOnProfile.FAILED_LOGINS; i++) {
            from(address, "mla_wrong").get("/api/v1/journeys").then().statusCode(401);
        }

        from(address, "mla_wrong")
                .get("/api/v1/journeys")
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue())
                .header("RateLimit", notNullValue())
                .header("RateLimit-Policy", equalTo("\"failed-logins\";q=5;w=60"))
                .body("type", equalTo("urn:microlift:problem:too-many-requests"));
    }

    @Test
    void validKeysBehindSuchAnAddressWorkOn() {
        String address = "192.0.2.2";
        for (int i = 0; i <= SignOnProfile.FAILED_LOGINS; i++) {
            from(address, "mla_wrong").get("/api/v1/journeys");
        }

        from(address, TestServer.newKey("client"))
                .contentType("application/json")
                .body("{\"context\": {\"targetingKey\": \"u1\"}}")
                .post("/ofrep/v1/evaluate/flags")
                .then()
                .statusCode(200);
        from(address, TestServer.ADMIN_KEY).get("/api/v1/keys").then().statusCode(200);
    }

    @Test
    void wrongTokensAreCountedLikeWrongKeys() {
        String address = "192.0.2.3";
        String forged = TestIssuer.forged("owners");
        for (int i = 0; i < SignOnProfile.FAILED_LOGINS; i++) {
            from(address, forged).get("/api/v1/journeys").then().statusCode(401);
        }

        from(address, forged).get("/api/v1/journeys").then().statusCode(429);
    }

    private static RequestSpecification from(String address, String key) {
        return as(key).header("X-Forwarded-For", address);
    }
}
