package dev.microlift.server.access;

import static dev.microlift.server.TestServer.as;
import static dev.microlift.server.TestServer.asAdmin;
import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.DocumentedRoute;
import dev.microlift.server.TestServer;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every route that is documented, with no key, with keys that are over, and with a key of every role. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class AuthorisationTest {

    private static final String KEY_IN_ADDRESS = "{clientKey}";

    /** Streams do not end by themselves, and have tests of their own. */
    private static final List<String> STREAMS = List.of("/ofrep/v1/events", "/sub/{clientKey}");

    /** What addresses demand by their beginning, the longest counts. A route under none of them fails the tests below. */
    private static final Map<String, Demand> CONTRACT = Map.ofEntries(
            entry("/ofrep/v1/", Demand.of(Permission.EVALUATE)),
            entry("/api/features/", Demand.of(Permission.EVALUATE)),
            entry("/api/eval/", Demand.of(Permission.EVALUATE)),
            entry("/v1/", Demand.of(Permission.TRACK)),
            entry("/v1/import", Demand.of(Permission.IMPORT)),
            entry("/track", Demand.of(Permission.TRACK)),
            entry("/mp/collect", Demand.of(Permission.TRACK)),
            entry("/debug/mp/collect", Demand.of(Permission.TRACK)),
            entry("/api/v1/journeys", Demand.of(Permission.READ, Permission.WRITE)),
            entry("/api/v1/experiments", Demand.of(Permission.READ, Permission.WRITE)),
            entry("/api/v1/layers", Demand.of(Permission.READ, Permission.WRITE)),
            entry("/api/v1/holdouts", Demand.of(Permission.READ, Permission.WRITE)),
            entry("/api/v1/plan", Demand.of(Permission.READ)),
            entry("/api/v1/events", Demand.of(Permission.READ)),
            entry("/api/v1/exposures", Demand.of(Permission.READ)),
            entry("/api/v1/rejects", Demand.of(Permission.READ)),
            entry("/api/v1/imports", new Demand(List.of(Permission.READ, Permission.IMPORT), List.of())),
            entry("/api/v1/computations", Demand.of(Permission.READ, Permission.WRITE)),
            entry("/api/v1/units", Demand.of(Permission.ADMINISTER)),
            entry("/api/v1/erasures", Demand.of(Permission.ADMINISTER)),
            entry("/api/v1/retention", Demand.of(Permission.ADMINISTER)),
            entry("/api/v1/alerts", Demand.of(Permission.READ)),
            entry("/api/v1/webhooks", Demand.of(Permission.ADMINISTER)),
            entry("/api/v1/keys", Demand.of(Permission.ADMINISTER)),
            entry("/api/v1/audit", Demand.of(Permission.ADMINISTER)));

    /** One of the permissions is enough. */
    private record Demand(List<String> toRead, List<String> toWrite) {

        static Demand of(String permission) {
            return of(permission, permission);
        }

        static Demand of(String toRead, String toWrite) {
            return new Demand(List.of(toRead), List.of(toWrite));
        }
    }

    private record Route(String method, String path) {

        /** What the contract says it takes: one of these. */
        List<String> permissions() {
            Demand demand = CONTRACT.entrySet().stream()
                    .filter(entry -> path.startsWith(entry.getKey()))
                    .max(Comparator.comparingInt(entry -> entry.getKey().length()))
                    .orElseThrow(() -> new AssertionError("say here who may call " + this))
                    .getValue();
            return method.equals("GET") ? demand.toRead() : demand.toWrite();
        }

        boolean isFor(Role role) {
            return permissions().stream().anyMatch(role.permissions()::contains);
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
        List<Route> routes = new ArrayList<>();
        DocumentedRoute.all().forEach(route -> routes.add(new Route(route.method(), route.path())));
        assertThat(routes).extracting(Route::path).containsAll(STREAMS);
        routes.removeIf(route -> STREAMS.contains(route.path()));
        assertThat(routes).hasSizeGreaterThan(30);
        // The browser library's short forms are left out of the documentation.
        for (String shortForm : List.of("b", "t", "p", "s", "i", "a", "g")) {
            routes.add(new Route("POST", "/v1/" + shortForm));
        }
        return routes;
    }

    private static void assertEveryRouteAnswers401(RequestSpecification request, String key) {
        assertThat(routes())
                .allSatisfy(route ->
                        assertThat(route.call(given().spec(request), key)).isEqualTo(401));
    }

    @Test
    void withoutAKeyEveryRouteAnswers401() {
        assertEveryRouteAnswers401(given(), "none");
    }

    @Test
    void withAKeyNobodyKnowsEveryRouteAnswers401() {
        assertEveryRouteAnswers401(as("mla_nobody_knows"), "mla_nobody_knows");
    }

    @Test
    void withARevokedKeyEveryRouteAnswers401() {
        String key = TestServer.newKey("admin");
        asAdmin().delete("/api/v1/keys/" + key.split("_")[1]).then().statusCode(200);

        assertEveryRouteAnswers401(as(key), key);
    }

    @Test
    void withAnExpiredKeyEveryRouteAnswers401() {
        String key = TestServer.newKey("admin");
        QuarkusTransaction.requiringNew()
                .run(() -> ApiKeyEntity.update("expiresAt = ?1 where id = ?2", Instant.EPOCH, key.split("_")[1]));
        TestServer.newKey("viewer"); // any change: keys are read anew

        assertEveryRouteAnswers401(as(key), key);
    }

    @ParameterizedTest
    @EnumSource
    void everyRoleMayCallWhatItsPermissionsSayAndNothingElse(Role role) {
        String key = TestServer.newKey(role.name().toLowerCase(Locale.ROOT));
        assertThat(routes()).allSatisfy(route -> {
            int status = route.call(as(key), key);
            if (route.isFor(role)) {
                assertThat(status).isNotIn(401, 403).isLessThan(500);
            } else {
                assertThat(status).isEqualTo(403);
            }
        });
    }
}
