package dev.microlift.server.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Gets units their variants by OpenFeature's Remote Evaluation Protocol. */
final class Variants {

    private static final String PATH = "/ofrep/v1/evaluate/flags/";
    private static final int NOT_FOUND = 404;

    private final Caller server;
    private final String experiment;

    Variants(Caller server, String experiment) {
        this.server = server;
        this.experiment = experiment;
    }

    /** A unit's variant; none if it does not take part. */
    Optional<Arm> variant(String unitId, Attributes attributes) {
        JsonNode evaluation = evaluate(unitId, attributes).orFail();
        if (!isRunning(evaluation)) {
            throw new SimulationException("the experiment " + experiment + " does not run any more");
        }
        if (!evaluation.path("metadata").path("inExperiment").asBoolean()) {
            return Optional.empty();
        }
        return Arm.find(evaluation.path("variant").asText());
    }

    /** True as soon as the server assigns units to the experiment. */
    boolean isServed() {
        Answer answer = evaluate("nobody-in-particular", new Attributes("desktop", "direct"));
        return answer.status() != NOT_FOUND && isRunning(answer.orFail());
    }

    private static boolean isRunning(JsonNode evaluation) {
        String reason = evaluation.path("reason").asText();
        return !reason.equals("DISABLED") && !reason.equals("STATIC");
    }

    private Answer evaluate(String unitId, Attributes attributes) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("context")
                .put("targetingKey", unitId)
                .put("device", attributes.device())
                .put("channel", attributes.channel());
        return server.post(PATH + experiment, body);
    }
}
