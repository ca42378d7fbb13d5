package dev.microlift.server.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.Fault;
import dev.microlift.server.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Optional;

/** Parses a body into a tree: one well-formed value of bounded size, without duplicate keys or anything after it. */
public final class Documents {

    /** No configuration document comes near this. */
    private static final int MAX_BYTES = 1 << 20;

    private static final int MAX_DEPTH = 32;

    private static final ObjectMapper STRICT = strict(MAX_DEPTH);

    private static final ObjectReader TREES = trees(STRICT);

    private Documents() {}

    /**
     * A mapper that reads strict JSON into trees: numbers keep their digits, so {@code 1.0} stays {@code 1.0}.
     *
     * @param maxDepth how deeply arrays and objects may nest
     */
    public static ObjectMapper strict(int maxDepth) {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /**
     * Reads a configuration body.
     *
     * @throws ProblemException if it is too large, not JSON, or holds text or numbers that nothing can store
     */
    public static JsonNode read(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new ProblemException(ErrorCode.TOO_LARGE, "the body is larger than " + MAX_BYTES + " bytes");
            }
            return parse(bytes);
        } catch (IOException broken) {
            throw new ProblemException(ErrorCode.BAD_REQUEST, "the body could not be read to its end");
        }
    }

    /** Reads a body that may be absent. */
    public static Optional<JsonNode> readOptional(InputStream body) {
        try {
            PushbackInputStream peeked = new PushbackInputStream(body);
            int first = peeked.read();
            if (first < 0) {
                return Optional.empty();
            }
            peeked.unread(first);
            return Optional.of(read(peeked));
        } catch (IOException broken) {
            throw new ProblemException(ErrorCode.BAD_REQUEST, "the body could not be read to its end");
        }
    }

    /** Reads a document that was stored earlier. */
    public static JsonNode parse(String json) {
        try {
            return STRICT.readTree(json);
        } catch (JsonProcessingException corrupt) {
            throw new IllegalStateException("a stored document is not JSON", corrupt);
        }
    }

    private static JsonNode parse(byte[] bytes) throws IOException {
        try (JsonParser parser = STRICT.createParser(bytes)) {
            JsonNode root = readOne(parser);
            Faults faults = new Faults();
            Representable.check(root, faults);
            faults.throwIfAny();
            return plain(root);
        }
    }

    /**
     * Writes exponents out. The database keeps the digits of a number and not how it was written: {@code 1e10} would come
     * back as an integer, which is another number here.
     */
    private static JsonNode plain(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(plain(field.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, plain(array.get(i)));
            }
        } else if (node instanceof DecimalNode number && number.decimalValue().scale() <= 0) {
            return DecimalNode.valueOf(number.decimalValue().setScale(1));
        }
        return node;
    }

    private static JsonNode readOne(JsonParser parser) throws IOException {
        try {
            JsonNode root = tree(TREES, parser);
            if (root.isMissingNode()) {
                throw ProblemException.malformed(new Fault("", "empty-body", "the body is empty; JSON is expected"));
            }
            if (parser.nextToken() != null) {
                throw ProblemException.malformed(
                        new Fault("", "malformed-json", "malformed JSON: there is more after the end of the document"));
            }
            return root;
        } catch (JsonProcessingException malformed) {
            throw ProblemException.malformed(
                    fault(malformed, parser.getParsingContext().pathAsPointer().toString()));
        }
    }

    /** A reader of single values for {@link #tree}, which leaves what follows a value to its caller. */
    public static ObjectReader trees(ObjectMapper strict) {
        return strict.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /**
     * The value that a parser stands at; missing at the end of the document.
     *
     * @param reader one of {@link #trees}
     * @throws JsonProcessingException also for a number whose exponent no number type holds, which the parser itself tells
     *     by an exception of another kind
     */
    public static JsonNode tree(ObjectReader reader, JsonParser parser) throws IOException {
        try {
            JsonNode tree = reader.readTree(parser);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (NumberFormatException exponent) {
            throw new JsonParseException(parser, "the exponent of a number is out of range", exponent);
        }
    }

    /** Where, as far as the failure itself tells, and why parsing ended, without echoing the body. */
    public static Fault fault(JsonProcessingException malformed) {
        return fault(
                malformed,
                malformed.getProcessor() instanceof JsonParser parser
                        ? parser.getParsingContext().pathAsPointer().toString()
                        : "");
    }

    private static Fault fault(JsonProcessingException malformed, String pointer) {
        String place = malformed.getLocation() == null
                ? ""
                : " at line " + malformed.getLocation().getLineNr() + ", column "
                        + malformed.getLocation().getColumnNr();
        String reason = malformed.getOriginalMessage().lines().findFirst().orElse("unreadable");
        String shortened = reason.length() > 200 ? reason.substring(0, 200) + "…" : reason;
        return new Fault(pointer, "malformed-json", "malformed JSON" + place + ": " + shortened);
    }
}
