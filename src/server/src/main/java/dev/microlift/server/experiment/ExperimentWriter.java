package dev.microlift.server.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.document.Choices;
import dev.microlift.server.document.JsonFormat;
import dev.microlift.server.journey.JourneyWriter;
import java.util.TreeSet;

/** Writes an experiment in the form it is read in, defaults filled in. */
final class ExperimentWriter {

    private ExperimentWriter() {}

    static ObjectNode write(Experiment experiment) {
        ObjectNode document = write(experiment.definition());
        document.put("status", Choices.write(experiment.status()));
        document.put("version", experiment.version());
        document.put("exploratory", experiment.isExploratory());
        ArrayNode muted = document.putArray("muted");
        new TreeSet<>(experiment.muted()).forEach(muted::add);
        writeSpaces(document, experiment);
        document.put("createdAt", JsonFormat.write(experiment.createdAt()));
        document.put("updatedAt", JsonFormat.write(experiment.updatedAt()));
        document.put("startedAt", experiment.started().map(JsonFormat::write).orElse(null));
        document.put("stoppedAt", experiment.stopped().map(JsonFormat::write).orElse(null));
        document.put("decision", experiment.decision());
        document.put("decisionReason", experiment.decisionReason());
        return document;
    }

    /** What it owns of its layer now, and the holdouts that it was started with. */
    private static void writeSpaces(ObjectNode document, Experiment experiment) {
        document.set(
                "layerRange",
                experiment
                        .launched()
                        .flatMap(Launch::ownRange)
                        .filter(own -> experiment.status().isLive())
                        .<JsonNode>map(own -> LayerDocument.write(own.range()))
                        .orElseGet(JsonNodeFactory.instance::nullNode));
        ArrayNode holdouts = document.putArray("holdouts");
        experiment
                .launched()
                .ifPresent(launch -> launch.holdouts().forEach(holdout -> holdouts.add(holdout.holdout())));
    }

    static ObjectNode write(Definition definition) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("key", definition.key());
        document.put("name", definition.name());
        document.put("hypothesis", definition.hypothesis());
        document.put("unitType", definition.unitType());
        ArrayNode journeys = document.putArray("journeys");
        definition.journeys().forEach(journeys::add);
        ArrayNode variants = document.putArray("variants");
        definition.variants().forEach(variant -> {
            ObjectNode written = variants.addObject().put("key", variant.key());
            writeNumber(written, "weight", variant.weight());
            written.set("value", variant.value());
            written.put("control", variant.equals(definition.controlVariant()));
        });
        writeNumber(document, "traffic", definition.traffic());
        document.put("layer", definition.layer());
        document.put("entryStep", definition.entryStep());
        document.put("sticky", definition.sticky());
        document.set("targeting", definition.targetingCondition().orElseGet(JsonNodeFactory.instance::nullNode));
        ObjectNode overrides = document.putObject("overrides");
        definition.overrides().forEach(overrides::put);
        document.put("assignment", Choices.write(definition.assignment()));
        document.put("exposure", Choices.write(definition.exposure()));
        document.setAll(analysis(definition));
        return document;
    }

    /** The part that says how the experiment will be analysed. */
    static ObjectNode analysis(Definition definition) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode guardrails = document.putArray("guardrails");
        definition.guardrails().forEach(guardrail -> guardrails.add(write(guardrail)));
        document.set("plan", write(definition.plan()));
        return document;
    }

    private static ObjectNode write(Guardrail guardrail) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ObjectNode metric = document.putObject("metric");
        metric.put("key", guardrail.metric().key());
        JourneyWriter.write(guardrail.metric().match(), metric);
        metric.put("type", Choices.write(guardrail.metric().type()));
        guardrail.metric().valueProperty().ifPresent(value -> metric.put("value", value));
        document.put("margin", guardrail.margin());
        document.put("direction", Choices.write(guardrail.direction()));
        // Left out where it is not used, so that a plan that knows nothing of it keeps its hash.
        if (guardrail.action() != Guardrail.Action.ALERT) {
            document.put("action", Choices.write(guardrail.action()));
        }
        return document;
    }

    private static ObjectNode write(Plan plan) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("window", plan.unitWindow().map(JsonFormat::write).orElse(null));
        document.put("alpha", plan.alpha());
        document.put("method", Choices.write(plan.method()));
        document.put("plannedUnits", plan.plannedUnits());
        ArrayNode segments = document.putArray("segments");
        plan.segments().forEach(segments::add);
        document.put("preExposure", plan.past().map(JsonFormat::write).orElse(null));
        // Left out where they are not used, so that a plan that knows nothing of them keeps its hash.
        plan.covariateAttribute().ifPresent(covariate -> document.put("covariate", covariate));
        plan.valueCap().ifPresent(cap -> document.put("cap", cap));
        if (plan.decision() != Plan.Decision.UNADJUSTED) {
            document.put("decision", Choices.write(plan.decision()));
        }
        return document;
    }

    /** Whole numbers are written without a fraction, as people write them. */
    private static void writeNumber(ObjectNode document, String name, double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            document.put(name, (long) value);
        } else {
            document.put(name, value);
        }
    }
}
