package dev.microlift.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.microlift.server.document.Documents;
import java.io.IOException;

/** JSON as the tracking routes read it: strict, shallow, and in UTF-8 whatever the bytes look like. */
final class StrictJson {

    private static final int LONGEST_NUMBER = 200;

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

    /** A number, true or false if that is how the text is written, otherwise the text. */
    JsonNode scalar(String text) {
        char first = text.charAt(0);
        char last = text.charAt(text.length() - 1);
        boolean mayBeNumber = (first == '-' || isDigit(first)) && isDigit(last) && text.length() <= LONGEST_NUMBER;
        if (mayBeNumber || text.equals("true") || text.equals("false")) {
            byte[] bytes = text.getBytes(UTF_8);
            try (JsonParser parser = parser(bytes, bytes.length)) {
                parser.nextToken();
                JsonNode value = tree(parser);
                if (parser.nextToken() == null) {
                    return value;
                }
            } catch (IOException noNumber) {
                // a date or a telephone number begins like a number and is a text
            }
        }
        return JsonNodeFactory.instance.textNode(text);
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    String text(JsonNode node) {
        try {
            return mapper.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
