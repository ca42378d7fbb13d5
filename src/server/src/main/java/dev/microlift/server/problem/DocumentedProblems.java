package dev.microlift.server.problem;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Adds to the OpenAPI document how each route may refuse, told by what the route takes and does; so nobody has to list it
 * at each of them.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class DocumentedProblems implements OASFilter {

    private static final Set<HttpMethod> CHANGING = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE);

    /** Routes whose answers are computed from events. */
    private static final Pattern COMPUTED = Pattern.compile(
            "/api/v1/(.*/(report|timeseries|live|units|audience|surrogacy|names|events)|plan|exposures)");

    private static final Pattern STATEFUL = Pattern.compile("/api/v1/(?!plan).*|/v1/import");

    /** Statuses that say when to come again. */
    private static final Set<Integer> WAITED_FOR = Set.of(429, 503);

    private static final String RETRY_AFTER = "Retry-After";

    private final ObjectMapper json = new ObjectMapper();

    /** A route, as far as it decides on what can go wrong. */
    private record Route(HttpMethod method, String path, Operation operation) {

        boolean may(ErrorCode code) {
            return switch (code) {
                case BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_ACCEPTABLE, TOO_MANY_REQUESTS, UNAVAILABLE -> true;
                case MALFORMED_JSON, INVALID_DOCUMENT, TOO_LARGE, UNSUPPORTED_MEDIA_TYPE ->
                    operation.getRequestBody() != null;
                case INVALID_PARAMETER -> takes(Parameter.In.QUERY, ".*") || takes(Parameter.In.HEADER, ".*");
                case NOT_FOUND -> path.contains("{");
                case ALREADY_EXISTS -> method == HttpMethod.POST && isStateful();
                case IN_USE, STATE_CONFLICT -> CHANGING.contains(method) && isStateful();
                case PRECONDITION_FAILED -> takes(Parameter.In.HEADER, "If-Match");
                case STORAGE_FULL -> ErrorBody.TRACKING.stream().anyMatch(path::startsWith);
                case REPORT_CANCELLED, REPORT_TIMEOUT -> COMPUTED.matcher(path).matches();
                // Of the address or of ours, not of the operation.
                case METHOD_NOT_ALLOWED, INTERNAL_ERROR -> false;
            };
        }

        private boolean isStateful() {
            return STATEFUL.matcher(path).matches();
        }

        private boolean takes(Parameter.In place, String name) {
            return Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
                    .anyMatch(parameter ->
                            parameter.getIn() == place && parameter.getName().matches(name));
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, APIResponse> answers = new TreeMap<>();
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations()
                        .forEach((method, operation) -> document(new Route(method, path, operation), answers)));
        answers.forEach(document.getComponents()::addResponse);
    }

    private void document(Route route, Map<String, APIResponse> answers) {
        Map<Integer, List<ErrorCode>> problems =
                Arrays.stream(ErrorCode.values()).filter(route::may).collect(groupingBy(ErrorCode::status));
        problems.forEach((status, codes) -> {
            String path = route.path().replace("{key}", "checkout-button");
            ErrorBody example = ErrorBody.at(path, codes.get(0), "what is wrong, in words", List.of());
            String name = name(example, codes);
            answers.computeIfAbsent(name, absent -> answer(example, codes));
            route.operation()
                    .getResponses()
                    .addAPIResponse(
                            Integer.toString(status),
                            OASFactory.createAPIResponse().ref(name));
        });
    }

    /** Such as {@code TrackingTooLarge}: answers that are alike are told once. */
    private static String name(ErrorBody body, List<ErrorCode> codes) {
        return body.getClass().getSimpleName()
                + codes.stream()
                        .flatMap(code -> Arrays.stream(code.code().split("-")))
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(joining());
    }

    private APIResponse answer(ErrorBody example, List<ErrorCode> codes) {
        // The others are told in full by their example: a problem with more fields, or none at all.
        Schema schema = example instanceof ErrorBody.Management
                ? OASFactory.createSchema().ref("Problem")
                : OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
        APIResponse answer = OASFactory.createAPIResponse()
                .description(codes.stream()
                        .map(code -> code.title() + " (`" + code.code() + "`)")
                        .collect(joining(" or ")))
                .content(OASFactory.createContent()
                        .addMediaType(
                                example.mediaType(),
                                OASFactory.createMediaType().schema(schema).example(json.valueToTree(example))));
        return WAITED_FOR.contains(codes.get(0).status())
                ? answer.addHeader(
                        RETRY_AFTER,
                        OASFactory.createHeader()
                                .description("How many seconds to wait before the next attempt")
                                .schema(OASFactory.createSchema().addType(Schema.SchemaType.INTEGER)))
                : answer;
    }
}
