package dev.microlift.server.access;

import static dev.microlift.server.TestServer.as;
import static dev.microlift.server.TestServer.asAdmin;
import static dev.microlift.server.TestServer.newKey;
import static dev.microlift.server.TestServer.sending;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Base64;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServer.class)
class KeysTest {

    @Inject
    KeyUse use;

    @Test
    void aKeyIsShownWholeOnlyWhenItIsMade() {
        ValidatableResponse made = sending(
                        "{\"name\": \"web\", \"role\": \"client\", \"origins\": [\"https://a.example\"]}")
                .post("/api/v1/keys")
                .then()
                .statusCode(201)
                .header("Location", startsWith("http"))
                .body("key", startsWith("mlc_"))
                .body("role", equalTo("client"));
        String id = made.extract().path("id");

        asAdmin().get("/api/v1/keys/" + id).then().statusCode(200).body("key", nullValue());
    }

    @Test
    void aKeyIsTakenFromBearerTokenApiKeyHeaderAndBasicUserName() {
        String key = newKey("admin");

        as(key).get("/api/v1/keys").then().statusCode(200);
        given().header("X-API-Key", key).get("/api/v1/keys").then().statusCode(200);
        String basic = Base64.getEncoder().encodeToString((key + ":").getBytes(UTF_8));
        given().header("Authorization", "Basic " + basic)
                .get("/api/v1/keys")
                .then()
                .statusCode(200);
    }

    @Test
    void withoutAKeyAndWithAnUnknownOneTheAnswerIs401WithAProblem() {
        given().get("/api/v1/keys")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", notNullValue())
                .body("type", equalTo("urn:microlift:problem:unauthorized"));
        as("mla_unknown_key").get("/api/v1/keys").then().statusCode(401);
    }

    @Test
    void onlyAdminsManageKeys() {
        for (String role : new String[] {"client", "server", "viewer", "editor"}) {
            as(newKey(role)).get("/api/v1/keys").then().statusCode(403).body("status", equalTo(403));
        }
    }

    @Test
    void aRevokedKeyOpensNothingFromThenOn() {
        String key = newKey("admin");
        String id = idOf(key);

        asAdmin().delete("/api/v1/keys/" + id).then().statusCode(200).body("revokedAt", notNullValue());

        as(key).get("/api/v1/keys").then().statusCode(401);
        asAdmin().delete("/api/v1/keys/" + id).then().statusCode(200);
    }

    @Test
    void aRotatedKeyIsReplacedAtOnceOrAfterItsOverlap() {
        String atOnce = newKey("admin");
        String successor = asAdmin()
                .post("/api/v1/keys/" + idOf(atOnce) + "/rotate")
                .then()
                .statusCode(201)
                .body("role", equalTo("admin"))
                .extract()
                .path("key");
        as(atOnce).get("/api/v1/keys").then().statusCode(401);
        as(successor).get("/api/v1/keys").then().statusCode(200);

        sending("{\"overlap\": \"PT1H\"}")
                .post("/api/v1/keys/" + idOf(successor) + "/rotate")
                .then()
                .statusCode(201);
        as(successor).get("/api/v1/keys").then().statusCode(200);
    }

    @Test
    void aKeyThatIsReplacedAlreadyIsNotReplacedAgain() {
        String id = idOf(newKey("viewer"));
        sending("{\"overlap\": \"PT1H\"}")
                .post("/api/v1/keys/" + id + "/rotate")
                .then()
                .statusCode(201);

        asAdmin().post("/api/v1/keys/" + id + "/rotate").then().statusCode(409);
        asAdmin().get("/api/v1/keys/" + id).then().body("replacedBy", notNullValue());
    }

    @Test
    void aKeySaysWhenItWasUsedLast() {
        String key = newKey("viewer");
        asAdmin().get("/api/v1/keys/" + idOf(key)).then().body("lastUsedAt", nullValue());
        as(key).get("/api/v1/journeys").then().statusCode(200);

        use.write();

        asAdmin().get("/api/v1/keys/" + idOf(key)).then().body("lastUsedAt", notNullValue());
    }

    @Test
    void aMistypedKeyIsToldApartFromAnUnknownOne() {
        as(newKey("viewer") + "x")
                .get("/api/v1/journeys")
                .then()
                .statusCode(401)
                .body("detail", startsWith("the key was cut or mistyped"));
    }

    @Test
    void anOriginThatNoBrowserSendsIsRefused() {
        sending("{\"name\": \"web\", \"role\": \"client\", \"origins\": [\"https://shop.example/\", \"shop.example\"]}")
                .post("/api/v1/keys")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItems("/origins/0", "/origins/1"));
    }

    @Test
    void aClientKeyWorksOnlyFromItsOrigins() {
        String key = sending("{\"name\": \"web\", \"role\": \"client\", \"origins\": [\"https://shop.example\"]}")
                .post("/api/v1/keys")
                .path("key");

        as(key).header("Origin", "https://evil.example")
                .get("/api/v1/keys")
                .then()
                .statusCode(403);
    }

    @Test
    void onlyAClientKeyHidesTheRulesAndItsSuccessorDoesToo() {
        String id = idOf(sending("{\"name\": \"web\", \"role\": \"client\", \"hideRules\": true}")
                .post("/api/v1/keys")
                .then()
                .statusCode(201)
                .body("hideRules", equalTo(true))
                .extract()
                .path("key"));

        asAdmin().post("/api/v1/keys/" + id + "/rotate").then().statusCode(201).body("hideRules", equalTo(true));
        sending("{\"name\": \"back end\", \"role\": \"server\", \"hideRules\": true}")
                .post("/api/v1/keys")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItems("/hideRules"));
    }

    @Test
    void everyFaultOfAWantedKeyIsNamedWithItsPlace() {
        sending("{\"name\": 7, \"role\": \"king\", \"expiresAt\": \"2001-01-01T00:00:00Z\", \"colour\": \"red\"}")
                .post("/api/v1/keys")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItems("/name", "/role", "/expiresAt", "/colour"));
    }

    @Test
    void aKeyExpiresAtATimeThatCanBeKept() {
        sending("{\"name\": \"long\", \"role\": \"viewer\", \"expiresAt\": \"+999999-01-01T00:00:00Z\"}")
                .post("/api/v1/keys")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItems("/expiresAt"));
    }

    @Test
    void aListIsHandedOutInPages() {
        newKey("viewer");
        newKey("viewer");

        String cursor = asAdmin()
                .queryParam("limit", 1)
                .get("/api/v1/keys")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("nextCursor", notNullValue())
                .extract()
                .path("nextCursor");
        String first = asAdmin().queryParam("limit", 1).get("/api/v1/keys").path("items[0].id");

        asAdmin()
                .queryParam("limit", 1000)
                .queryParam("cursor", cursor)
                .get("/api/v1/keys")
                .then()
                .body("items.id", not(hasItem(first)))
                .body("items.key", everyItem(nullValue()))
                .body("nextCursor", nullValue());
    }

    @Test
    void aWrongLimitOrCursorIsRefusedByName() {
        asAdmin()
                .queryParam("limit", "abc")
                .get("/api/v1/keys")
                .then()
                .statusCode(400)
                .body("detail", startsWith("limit"));
        asAdmin()
                .queryParam("cursor", "%%")
                .get("/api/v1/keys")
                .then()
                .statusCode(400)
                .body("detail", startsWith("cursor"));
    }

    private static String idOf(String key) {
        return key.split("_")[1];
    }
}
