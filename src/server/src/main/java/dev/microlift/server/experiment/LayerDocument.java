package dev.microlift.server.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.assignment.BucketRange;
import dev.microlift.server.document.Fields;
import dev.microlift.server.document.JsonFormat;
import java.util.Optional;

/** A layer as JSON, with who owns what of it. */
final class LayerDocument {

    private static final int MAX_NAME = 200;

    private LayerDocument() {}

    static Optional<Layer.Definition> read(Fields fields) {
        fields.ignore("taken", "free", "version", "createdAt", "updatedAt");
        String key = fields.key("key");
        String name = fields.text("name", MAX_NAME).orElse(key);
        String unitType = fields.optionalKey("unitType").orElse("user");
        return Optional.of(new Layer.Definition(key, name, unitType));
    }

    static ObjectNode write(Layer layer, LayerSpace space) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("key", layer.key());
        document.put("name", layer.definition().name());
        document.put("unitType", layer.unitType());
        ArrayNode taken = document.putArray("taken");
        space.owned()
                .forEach(owned ->
                        taken.addObject().put("experiment", owned.experiment()).setAll(write(owned.range())));
        ArrayNode free = document.putArray("free");
        space.free().forEach(range -> free.add(write(range)));
        document.put("version", layer.version());
        document.put("createdAt", JsonFormat.write(layer.createdAt()));
        document.put("updatedAt", JsonFormat.write(layer.updatedAt()));
        return document;
    }

    /** As shares of the space. */
    static ObjectNode write(BucketRange range) {
        return JsonNodeFactory.instance.objectNode().put("from", range.from()).put("to", range.to());
    }
}
