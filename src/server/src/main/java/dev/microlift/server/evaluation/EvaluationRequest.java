package dev.microlift.server.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.assignment.EvaluationContext;
import dev.microlift.server.document.PlainValues;
import dev.microlift.server.problem.Fault;
import dev.microlift.server.problem.ProblemException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads who asks for variants: {@code {"context": {"targetingKey": "u1", …}}}. */
final class EvaluationRequest {

    private static final String TARGETING_KEY = "targetingKey";
    private static final int MAX_UNIT_ID_BYTES = 256;

    private EvaluationRequest() {}

    static EvaluationContext context(JsonNode body) {
        if (!body.isObject()) {
            throw wrong("", "an object with the field context is expected");
        }
        JsonNode context = body.path("context");
        if (context.isMissingNode() || context.isNull()) {
            return new EvaluationContext(null, Map.of());
        }
        if (!context.isObject()) {
            throw wrong("/context", "the context must be an object");
        }
        String targetingKey = targetingKey(context.path(TARGETING_KEY));
        return new EvaluationContext(targetingKey, PlainValues.map(context));
    }

    private static @Nullable String targetingKey(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw wrong("/context/targetingKey", "the targetingKey must be text");
        }
        if (value.textValue().getBytes(UTF_8).length > MAX_UNIT_ID_BYTES) {
            throw wrong("/context/targetingKey", "the targetingKey has more than " + MAX_UNIT_ID_BYTES + " bytes");
        }
        return value.textValue();
    }

    private static ProblemException wrong(String pointer, String detail) {
        return ProblemException.invalid(new Fault(pointer, "invalid-context", pointer + ": " + detail));
    }
}
