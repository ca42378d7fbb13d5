package dev.microlift.server.journey;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.document.Choices;
import dev.microlift.server.document.JsonFormat;

/** Writes a journey in the form it is read in, defaults filled in. */
public final class JourneyWriter {

    private JourneyWriter() {}

    static ObjectNode write(JourneyVersion version) {
        ObjectNode document = write(version.journey());
        document.put("version", version.version());
        document.put("createdAt", JsonFormat.write(version.createdAt()));
        document.put("updatedAt", JsonFormat.write(version.updatedAt()));
        return document;
    }

    static ObjectNode write(Journey journey) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("key", journey.key());
        document.put("name", journey.name());
        document.put("unitType", journey.unitType());
        ArrayNode steps = document.putArray("steps");
        journey.microSteps().forEach(step -> steps.add(write(step)));
        document.set("goal", write(journey.goal()));
        return document;
    }

    private static ObjectNode write(Step step) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("key", step.key());
        document.put("name", step.name());
        if (step.anyOf().size() == 1) {
            write(step.anyOf().get(0), document);
        } else {
            ArrayNode anyOf = document.putArray("anyOf");
            step.anyOf().forEach(match -> write(match, anyOf.addObject()));
        }
        if (step.atLeast() instanceof Threshold.Sum sum) {
            document.putObject("atLeast").put("sum", sum.property()).put("value", sum.total());
        } else if (step.atLeast() instanceof Threshold.Count count && count.events() > 1) {
            document.putObject("atLeast").put("count", count.events());
        }
        if (step.optional()) {
            document.put("optional", true);
        }
        step.edgeWindow().ifPresent(window -> document.put("window", JsonFormat.write(window)));
        step.valueProperty().ifPresent(value -> document.put("value", value));
        return document;
    }

    /** Adds an event's name and conditions to a document. */
    public static void write(EventMatch match, ObjectNode document) {
        document.put("event", match.event());
        if (!match.where().isEmpty()) {
            ArrayNode where = document.putArray("where");
            match.where()
                    .forEach(condition -> where.addObject()
                            .put("property", condition.property())
                            .put("op", Choices.write(condition.op()))
                            .set("value", condition.value()));
        }
    }
}
