package dev.microlift.server.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.assignment.Bucketing;
import dev.microlift.server.document.Fields;
import dev.microlift.server.document.JsonFormat;
import java.util.Optional;
import java.util.OptionalDouble;

/** A holdout as JSON, with the live experiments that are subject to it. */
final class HoldoutDocument {

    private static final int MAX_NAME = 200;

    private HoldoutDocument() {}

    /** @param references tells what is wrong with the layer */
    static Optional<Holdout.Definition> read(Fields fields, References references) {
        fields.ignore("experiments", "version", "createdAt", "updatedAt");
        String key = fields.key("key");
        String name = fields.text("name", MAX_NAME).orElse(key);
        String unitType = fields.optionalKey("unitType").orElse("user");
        Optional<String> layer = fields.optionalKey("layer");
        layer.flatMap(named -> references.layer(named, unitType)).ifPresent(misfit -> misfit.noteIn(fields));
        int buckets = buckets(fields);
        return fields.isFaulty()
                ? Optional.empty()
                : Optional.of(new Holdout.Definition(key, name, unitType, layer.orElse(null), buckets));
    }

    private static int buckets(Fields fields) {
        OptionalDouble share = fields.number("share");
        if (!fields.has("share")) {
            fields.fault("share", "required", "the field is required");
        }
        int buckets = (int) Math.round(share.orElse(1) * Bucketing.BUCKETS);
        if (share.isPresent() && (buckets < 1 || buckets >= Bucketing.BUCKETS)) {
            fields.fault("share", "out-of-range", "a share from 0.0001 to 0.9999 is expected");
        }
        return buckets;
    }

    static ObjectNode write(Holdouts.Applied applied) {
        Holdout holdout = applied.holdout();
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("key", holdout.key());
        document.put("name", holdout.definition().name());
        document.put("unitType", holdout.definition().unitType());
        document.put("layer", holdout.definition().layer());
        document.put("share", holdout.definition().buckets() / (double) Bucketing.BUCKETS);
        ArrayNode experiments = document.putArray("experiments");
        applied.experiments().forEach(experiments::add);
        document.put("version", holdout.version());
        document.put("createdAt", JsonFormat.write(holdout.createdAt()));
        document.put("updatedAt", JsonFormat.write(holdout.updatedAt()));
        return document;
    }
}
