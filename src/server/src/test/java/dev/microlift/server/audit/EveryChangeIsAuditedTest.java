package dev.microlift.server.audit;

import static dev.microlift.server.TestServer.asAdmin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.lessThan;

import dev.microlift.server.DocumentedRoute;
import dev.microlift.server.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every documented route that changes something: whoever tries it is found in the audit log. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class EveryChangeIsAuditedTest {

    private static final Duration BOUND = Duration.ofMinutes(1);

    /** Neither a key nor an id of anything. */
    private static final String TOO_LONG = "n".repeat(300);

    private record Route(String method, String path) {

        Attempt attempt() {
            return Attempt.of(method, path.replaceFirst("\\{[^}]*}", "nothing"))
                    .orElseThrow(() -> new AssertionError("not taken for a change: " + this));
        }

        /** Asks for something that is refused, whatever the route. */
        void tryInVain(String requestId) {
            asAdmin()
                    .header("X-Request-Id", requestId)
                    .contentType("application/json")
                    .body("{")
                    .request(method, path.replaceAll("\\{[^}]*}", TOO_LONG))
                    .then()
                    .statusCode(lessThan(500));
        }
    }

    private static List<Route> routes() {
        List<Route> routes = DocumentedRoute.all().stream()
                .filter(route -> !route.method().equals("GET"))
                .filter(route ->
                        route.path().startsWith("/api/v1/") && !route.path().equals("/api/v1/plan"))
                .map(route -> new Route(route.method(), route.path()))
                .toList();
        assertThat(routes).hasSizeGreaterThan(20);
        return routes;
    }

    @Test
    void everyRouteThatChangesSomethingLeavesAnEntryUnderItsActionAndKind() {
        List<Route> routes = routes();
        for (int i = 0; i < routes.size(); i++) {
            routes.get(i).tryInVain("vain-" + i);
        }
        for (int i = 0; i < routes.size(); i++) {
            Map<String, Object> entry = entry("vain-" + i);
            Attempt attempt = routes.get(i).attempt();
            assertThat(entry).as("%s", routes.get(i)).containsEntry("action", attempt.action());
            assertThat(entry.get("object")).extracting("kind").isEqualTo(attempt.kind());
            assertThat(entry.get("error")).as("%s", routes.get(i)).isNotNull();
        }
    }

    private static Map<String, Object> entry(String requestId) {
        long deadline = System.nanoTime() + BOUND.toNanos();
        List<Map<String, Object>> found = List.of();
        while (found.isEmpty() && System.nanoTime() < deadline) {
            found = asAdmin()
                    .queryParam("limit", 1000)
                    .get("/api/v1/audit")
                    .jsonPath()
                    .getList("items.findAll { it.requestId == '" + requestId + "' }");
        }
        assertThat(found).as(requestId).hasSize(1);
        return found.get(0);
    }
}
