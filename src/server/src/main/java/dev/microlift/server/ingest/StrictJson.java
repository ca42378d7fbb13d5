package dev.microlift.server.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.microlift.server.document.Documents;
import java.io.IOException;

/** JSON as the tracking routes read it: strict, shallow, and in UTF-8 whatever the bytes look like. */
final class StrictJson {

    private final ObjectMapper mapper = Documents.strict(Limits.DEPTH);

    private final JsonFactory parsers = mapper.getFactory()
            .rebuild()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .build();

    private final ObjectReader trees = Documents.trees(mapper);

    JsonParser parser(byte[] bytes, int length) throws IOException {
        return parsers.createParser(bytes, 0, length);
    }

    /** The value a parser stands at; what follows is left to the next call. */
    JsonNode tree(JsonParser parser) throws IOException {
        return Documents.tree(trees, parser);
    }

    String text(JsonNode node) {
        try {
            return mapper.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
