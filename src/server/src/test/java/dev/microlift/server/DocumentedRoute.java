package dev.microlift.server;

import static io.restassured.RestAssured.given;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A route of the running application, as its OpenAPI document has it. */
public record DocumentedRoute(String method, String path) {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    /** Every one there is. */
    public static List<DocumentedRoute> all() {
        Map<String, Map<String, Object>> paths = given().queryParam("format", "json")
                .get("/q/openapi")
                .jsonPath()
                .getMap("paths");
        return paths.entrySet().stream()
                .flatMap(path -> path.getValue().keySet().stream()
                        .filter(METHODS::contains)
                        .map(method -> new DocumentedRoute(method.toUpperCase(Locale.ROOT), path.getKey())))
                .toList();
    }
}
