package dev.microlift.server.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Answers requests that are refused before any route has seen them. */
@ApplicationScoped
public class ErrorResponses {

    private final ObjectMapper json;

    ErrorResponses(ObjectMapper json) {
        this.json = json;
    }

    /** Ends a request with the error body of its address. */
    public void write(RoutingContext context, ProblemException problem) {
        ErrorBody body = ErrorBody.at(context.request().path(), problem.code(), problem.detail(), problem.faults());
        HttpServerResponse response =
                context.response().setStatusCode(problem.code().status());
        response.putHeader(HttpHeaders.CONTENT_TYPE, body.mediaType());
        problem.headers().forEach(response::putHeader);
        try {
            response.end(json.writeValueAsString(body));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
