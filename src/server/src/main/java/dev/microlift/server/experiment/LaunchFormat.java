package dev.microlift.server.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.assignment.BucketLayout;
import dev.microlift.assignment.BucketRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a launch is stored. Bucket ranges are kept as they were laid out: nothing may ever move a unit. */
final class LaunchFormat {

    private LaunchFormat() {}

    static ObjectNode write(Launch launch) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("seed", launch.seed());
        ArrayNode ranges = document.putArray("ranges");
        launch.layout()
                .ranges()
                .forEach(range -> ranges.addArray().add(range.fromBucket()).add(range.toBucket()));
        ObjectNode journeys = document.putObject("journeys");
        launch.journeys().forEach(journeys::put);
        document.put("planHash", launch.planHash());
        launch.ownRange().ifPresent(own -> {
            ObjectNode layer = document.putObject("layer");
            layer.put("key", own.layer()).put("seed", own.seed());
            layer.put("from", own.range().fromBucket()).put("to", own.range().toBucket());
        });
        ArrayNode holdouts = document.putArray("holdouts");
        launch.holdouts()
                .forEach(holdout -> holdouts.addObject()
                        .put("key", holdout.holdout())
                        .put("seed", holdout.seed())
                        .put("buckets", holdout.buckets()));
        return document;
    }

    static Launch read(JsonNode document) {
        List<BucketRange> ranges = new ArrayList<>();
        document.get("ranges")
                .forEach(range -> ranges.add(
                        new BucketRange(range.get(0).intValue(), range.get(1).intValue())));
        Map<String, Integer> journeys = new HashMap<>();
        document.get("journeys")
                .properties()
                .forEach(entry -> journeys.put(entry.getKey(), entry.getValue().intValue()));
        return new Launch(
                document.get("seed").textValue(),
                new BucketLayout(ranges),
                journeys,
                document.get("planHash").textValue(),
                document.has("layer") ? ownRange(document.get("layer")) : null,
                holdouts(document.path("holdouts")));
    }

    private static Launch.OwnRange ownRange(JsonNode layer) {
        return new Launch.OwnRange(
                layer.get("key").textValue(),
                layer.get("seed").textValue(),
                new BucketRange(layer.get("from").intValue(), layer.get("to").intValue()));
    }

    /** Absent in what was started before there were holdouts. */
    private static List<Launch.HeldOut> holdouts(JsonNode documents) {
        List<Launch.HeldOut> holdouts = new ArrayList<>();
        documents.forEach(document -> holdouts.add(new Launch.HeldOut(
                document.get("key").textValue(),
                document.get("seed").textValue(),
                document.get("buckets").intValue())));
        return holdouts;
    }
}
