package dev.microlift.server;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Sees to it, whatever a test is about, that every status it is answered with stands in the OpenAPI document. */
final class DocumentedAnswers implements Filter {

    private static final String PARAMETER = "\\{[^}]+}";

    private List<Route> routes = List.of();

    private record Route(String method, String path, Set<String> statuses) {

        boolean serves(String asked, String address) {
            return method.equalsIgnoreCase(asked)
                    && Pattern.matches("\\Q" + path.replaceAll(PARAMETER, "\\\\E[^/]+\\\\Q") + "\\E", address);
        }
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response response = context.next(request, expected);
        route(request.getMethod(), URI.create(request.getURI()).getRawPath())
                .ifPresent(route -> assertThat(route.statuses())
                        .as("documented statuses of %s %s", route.method(), route.path())
                        .contains(Integer.toString(response.statusCode())));
        return response;
    }

    private synchronized Optional<Route> route(String method, String path) {
        if (routes.isEmpty()) {
            routes = read();
        }
        return routes.stream().filter(route -> route.serves(method, path)).findFirst();
    }

    /** Those with the fewest parameters first, as the server chooses among them. */
    private static List<Route> read() {
        Map<String, Map<String, Map<String, Map<String, ?>>>> paths = given().noFilters()
                .queryParam("format", "json")
                .get("/q/openapi")
                .jsonPath()
                .getMap("paths");
        List<Route> routes = new ArrayList<>();
        paths.forEach((path, operations) -> operations.forEach((method, operation) -> routes.add(new Route(
                method, path, operation.getOrDefault("responses", Map.of()).keySet()))));
        routes.sort(Comparator.comparing(route -> route.path().split(PARAMETER, -1).length));
        return routes;
    }
}
