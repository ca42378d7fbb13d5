package dev.microlift.server.sdkconfig;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.assignment.Arm;
import dev.microlift.assignment.Assignment;
import dev.microlift.assignment.Bucketing;
import dev.microlift.assignment.Evaluation;
import dev.microlift.assignment.EvaluationContext;
import dev.microlift.assignment.Phase;
import dev.microlift.server.document.JsonFormat;
import dev.microlift.server.evaluation.Flag;

/**
 * Evaluates every feature for one user and writes a payload that holds nothing else: a value, and for a user in an
 * experiment what the SDK reports to its tracking callback. The flags are those of the evaluation protocol, so that both
 * give the same answers, experiments included that only the server can evaluate.
 */
final class RemoteEvaluation {

    private final RemoteRequest request;
    private final EvaluationContext context;

    RemoteEvaluation(RemoteRequest request) {
        this.request = request;
        this.context = request.context();
    }

    byte[] payload(Configuration.State configuration) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("status", 200);
        ObjectNode features = document.putObject("features");
        configuration.flags().forEach(flag -> features.set(flag.key(), feature(flag)));
        document.putArray("experiments");
        document.put("dateUpdated", JsonFormat.write(configuration.updatedAt()));
        return document.toString().getBytes(UTF_8);
    }

    private ObjectNode feature(Flag flag) {
        JsonNode forced = request.forcedFeatures().get(flag.key());
        if (forced != null) {
            return valued(forced);
        }
        FeatureWriter writer = new FeatureWriter(flag);
        Integer position = request.forcedVariations().get(flag.key());
        if (position != null
                && flag.rule().phase() instanceof Phase.Running
                && position >= 0
                && position < flag.rule().arms().size()) {
            return valued(writer.value(flag.rule().arms().get(position)));
        }
        Evaluation evaluation = flag.evaluate(context);
        if (evaluation instanceof Evaluation.Served served) {
            ObjectNode feature = valued(flag.value(served.served()));
            served.variant().filter(arm -> served.inExperiment()).ifPresent(arm -> track(feature, flag, writer, arm));
            return feature;
        }
        return valued(flag.value(flag.rule().controlArm()));
    }

    private static ObjectNode valued(JsonNode value) {
        ObjectNode feature = JsonNodeFactory.instance.objectNode();
        feature.set("defaultValue", value);
        return feature;
    }

    private void track(ObjectNode feature, Flag flag, FeatureWriter writer, Arm assigned) {
        ObjectNode forced = feature.putArray("rules").addObject();
        forced.set("force", feature.get("defaultValue"));
        ObjectNode track = forced.putArray("tracks").addObject();
        track.set("experiment", writer.trackedExperiment(assigned));
        String unit = context.unitId(flag.unitType()).orElseThrow();
        ObjectNode result = track.putObject("result");
        result.put("key", assigned.key());
        result.put("featureId", flag.key());
        result.put("inExperiment", true);
        result.put("hashUsed", true);
        result.put("variationId", flag.rule().arms().indexOf(assigned));
        result.set("value", feature.get("defaultValue"));
        result.put("hashAttribute", FeatureWriter.attribute(flag.unitType()));
        result.put("hashValue", unit);
        result.put("stickyBucketUsed", false);
        if (flag.rule().assignment() instanceof Assignment.Hashed hashed) {
            result.put("bucket", Bucketing.hash(hashed.seed(), unit));
        }
    }
}
