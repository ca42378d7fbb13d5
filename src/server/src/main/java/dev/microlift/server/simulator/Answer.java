package dev.microlift.server.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What the server said.
 *
 * @param request what it was asked, for messages: {@code POST /v1/batch}
 * @param body a missing node if the answer was not JSON
 */
record Answer(String request, int status, JsonNode body) {

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The body of a success; anything else ends the run. */
    JsonNode orFail() {
        if (!isSuccess()) {
            throw new SimulationException(explanation());
        }
        return body;
    }

    /** One sentence on what the server refused and why. */
    String explanation() {
        List<String> reasons = new ArrayList<>();
        for (String field : List.of("title", "detail", "errorCode", "errorDetails", "error", "message")) {
            if (body.path(field).isTextual()) {
                reasons.add(body.path(field).textValue());
            }
        }
        body.path("errors")
                .forEach(fault -> reasons.add(fault.path("pointer").asText() + " "
                        + fault.path("detail").asText()));
        String why = reasons.isEmpty() ? "" : ": " + String.join("; ", reasons);
        return "the server answered " + status + " to " + request + why;
    }
}
