package dev.microlift.server.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes visits as messages of the tracking API. A message's id says which experiment, seed, unit and step it is of, so
 * the same run again sends the same ids and nothing is counted twice.
 */
final class Messages {

    private static final String EXPOSURE = "Experiment Viewed";

    private final String experiment;
    private final long seed;
    private final Instant begin;

    /** @param begin when the run began: every visit is over by then */
    Messages(String experiment, long seed, Instant begin) {
        this.experiment = experiment;
        this.seed = seed;
        this.begin = begin.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Units of two experiments, or of two seeds, are never the same. */
    String unitId(long unit) {
        return experiment + "-" + seed + "-" + unit;
    }

    /** All messages of a visit, in the order of time; none if the visit is lost. */
    List<ObjectNode> of(long unit, Arm arm, Visit visit) {
        List<ObjectNode> messages = new ArrayList<>();
        if (visit.lost()) {
            return messages;
        }
        Instant exposed = begin.minus(visit.age());
        messages.add(exposure(unit, arm, "exposure", exposed, visit.attributes()));
        for (Visit.Act act : visit.acts()) {
            ObjectNode message = message(
                    unit, act.step().event(), act.step().key(), exposed.plus(act.sinceExposure()), visit.attributes());
            describe(message.putObject("properties"), act.step(), unit, visit.orderValue());
            messages.add(message);
        }
        visit.crossover()
                .ifPresent(after -> messages.add(
                        exposure(unit, arm.other(), "crossover", exposed.plus(after), visit.attributes())));
        return messages;
    }

    private ObjectNode exposure(long unit, Arm arm, String what, Instant time, Attributes attributes) {
        ObjectNode message = message(unit, EXPOSURE, what, time, attributes);
        message.putObject("properties")
                .put("experiment_id", experiment)
                .put("variation_id", arm.key())
                .put("device", attributes.device())
                .put("channel", attributes.channel());
        return message;
    }

    private ObjectNode message(long unit, String event, String what, Instant time, Attributes attributes) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("messageId", unitId(unit) + "-" + what);
        message.put("type", "track");
        message.put("event", event);
        message.put("userId", unitId(unit));
        message.put("timestamp", time.toString());
        ObjectNode context = message.putObject("context");
        context.putObject("device").put("type", attributes.device());
        context.putObject("campaign").put("source", attributes.channel());
        return message;
    }

    private static void describe(ObjectNode properties, ShopStep step, long unit, double orderValue) {
        switch (step) {
            case SEARCH -> properties.put("query", "gift");
            case VIEW -> properties.put("product_id", "p" + unit % 100);
            case CART ->
                properties
                        .put("product_id", "p" + unit % 100)
                        .put("price", orderValue)
                        .put("quantity", 1);
            case PURCHASE -> properties.put("revenue", orderValue).put("currency", "EUR");
        }
    }
}
