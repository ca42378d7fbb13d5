package dev.microlift.server.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The shop's journey and experiment as the management routes take them. */
final class ShopDocuments {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String UNIT_TYPE = "user";

    private final Names names;

    ShopDocuments(Names names) {
        this.names = names;
    }

    ObjectNode journey() {
        ObjectNode journey = NODES.objectNode();
        journey.put("key", names.journey());
        journey.put("name", "Simulated shop");
        journey.put("unitType", UNIT_TYPE);
        ArrayNode steps = journey.putArray("steps");
        for (ShopStep step : ShopStep.values()) {
            ObjectNode written = step == ShopStep.GOAL ? journey.putObject("goal") : steps.addObject();
            written.put("key", step.key());
            written.put("event", step.event());
        }
        ((ObjectNode) journey.get("goal")).put("value", "revenue");
        return journey;
    }

    /** @param units how many are planned: with all of them there, the report may be read as final */
    ObjectNode experiment(long units) {
        ObjectNode experiment = NODES.objectNode();
        experiment.put("key", names.experiment());
        experiment.put("name", "Simulated experiment");
        experiment.put("unitType", UNIT_TYPE);
        experiment.putArray("journeys").add(names.journey());
        ArrayNode variants = experiment.putArray("variants");
        for (Arm arm : Arm.values()) {
            variants.addObject()
                    .put("key", arm.key())
                    .put("weight", 50)
                    .put("value", arm == Arm.TREATMENT)
                    .put("control", arm == Arm.CONTROL);
        }
        experiment.put("assignment", "microlift");
        experiment.put("exposure", "explicit");
        ObjectNode plan = experiment.putObject("plan");
        plan.put("plannedUnits", Math.max(2, units));
        plan.putArray("segments").add("device").add("channel");
        return experiment;
    }

    /** True if a journey that is there already has the same steps. */
    boolean isSameJourney(JsonNode existing) {
        ObjectNode wanted = journey();
        wanted.remove("name");
        return existing.path("steps").size() == wanted.path("steps").size() && covers(existing, wanted);
    }

    /** True if an experiment that is there already randomises the same units over the same variants. */
    boolean isSameExperiment(JsonNode existing) {
        ObjectNode wanted = experiment(1);
        wanted.remove("name");
        wanted.remove("plan");
        return existing.path("variants").size() == wanted.path("variants").size()
                && existing.path("journeys").size() == 1
                && covers(existing, wanted);
    }

    /** True if all that is wanted is there; what else is there does not matter, except conditions on a step's events. */
    private static boolean covers(JsonNode existing, JsonNode wanted) {
        if (wanted.isObject()) {
            return !existing.has("where")
                    && !existing.has("atLeast")
                    && !existing.has("window")
                    && wanted.properties().stream()
                            .allMatch(field -> covers(existing.path(field.getKey()), field.getValue()));
        }
        if (wanted.isArray()) {
            for (int i = 0; i < wanted.size(); i++) {
                if (!covers(existing.path(i), wanted.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return wanted.isNumber()
                ? existing.isNumber() && existing.doubleValue() == wanted.doubleValue()
                : existing.equals(wanted);
    }
}
