package dev.microlift.server.access;

import static dev.microlift.server.TestServer.as;
import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every route that is documented, with no key and with a key of every role. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class AuthorisationTest {

    private static final String KEY_IN_ADDRESS = "{clientKey}";

    /** Streams do not end by themselves, and have tests of their own. */
    private static final List<String> STREAMS = List.of("/ofrep/v1/events", "/sub/{clientKey}");

    private record Route(String method, String path) {

        /** What the contract says it takes: one of these. */
        List<String> permissions() {
            return path.startsWith("/api/v1/imports")
                    ? List.of(Permission.READ, Permission.IMPORT)
                    : List.of(permission());
        }

        private String permission() {
            if (path.startsWith("/ofrep/") || path.contains(KEY_IN_ADDRESS)) {
                return Permission.EVALUATE;
            }
            if (path.equals("/track") || path.endsWith("/mp/collect")) {
                return Permission.TRACK;
            }
            if (path.startsWith("/v1/")) {
                return path.equals("/v1/import") ? Permission.IMPORT : Permission.TRACK;
            }
            if (path.startsWith("/api/v1/keys")) {
                return Permission.ADMINISTER;
            }
            return method.equals("GET") || path.equals("/api/v1/plan") ? Permission.READ : Permission.WRITE;
        }

        int call(RequestSpecification request, String key) {
            String type = path.equals("/v1/import") ? "application/x-ndjson" : "application/json";
            RequestSpecification prepared = request.config(RestAssured.config()
                            .encoderConfig(encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                    .contentType(type);
            String address = path.replace(KEY_IN_ADDRESS, key).replaceAll("\\{[^}]*}", "no-such-thing");
            return (method.equals("GET") ? prepared : prepared.body("{}".getBytes(UTF_8)))
                    .request(method, address)
                    .statusCode();
        }
    }

    private static List<Route> routes() {
        Map<String, Map<String, Object>> paths = given().queryParam("format", "json")
                .get("/q/openapi")
                .jsonPath()
                .getMap("paths");
        List<Route> routes = new ArrayList<>();
        paths.forEach((path, operations) -> operations.keySet().stream()
                .filter(name -> List.of("get", "post", "put", "delete", "patch").contains(name))
                .forEach(name -> routes.add(new Route(name.toUpperCase(Locale.ROOT), path))));
        assertThat(routes).extracting(Route::path).containsAll(STREAMS);
        routes.removeIf(route -> STREAMS.contains(route.path()));
        assertThat(routes).hasSizeGreaterThan(30);
        // The browser library's short forms are left out of the documentation.
        for (String shortForm : List.of("b", "t", "p", "s", "i", "a", "g")) {
            routes.add(new Route("POST", "/v1/" + shortForm));
        }
        return routes;
    }

    @Test
    void withoutAKeyEveryRouteAnswers401() {
        assertThat(routes())
                .allSatisfy(route -> assertThat(route.call(given(), "none")).isEqualTo(401));
    }

    @Test
    void withAKeyNobodyKnowsEveryRouteAnswers401() {
        assertThat(routes())
                .allSatisfy(route -> assertThat(route.call(as("mla_nobody_knows"), "mla_nobody_knows"))
                        .isEqualTo(401));
    }

    @Test
    void everyRoleMayCallWhatItsPermissionsSayAndNothingElse() {
        Map<Role, String> keys = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            keys.put(role, TestServer.newKey(role.name().toLowerCase(Locale.ROOT)));
        }
        for (Route route : routes()) {
            keys.forEach((role, key) -> {
                int status = route.call(as(key), key);
                if (route.permissions().stream().anyMatch(role.permissions()::contains)) {
                    assertThat(status)
                            .as("%s as %s", route, role)
                            .isNotIn(401, 403)
                            .isLessThan(500);
                } else {
                    assertThat(status).as("%s as %s", route, role).isEqualTo(403);
                }
            });
        }
    }
}
