package dev.microlift.server.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.document.Documents;
import dev.microlift.server.document.Faults;
import dev.microlift.server.document.Representable;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.Fault;
import dev.microlift.server.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses bodies of tracking requests. A body is one well-formed document within the limits, or nothing of it is taken. */
final class EnvelopeReader {

    private final StrictJson json;

    EnvelopeReader(StrictJson json) {
        this.json = json;
    }

    /** Reads a body that is one message. */
    Envelope single(byte[] body) {
        return parse(body, parser -> {
            JsonNode message = json.tree(parser);
            requireObject(message);
            return new Envelope(
                    true,
                    List.of(new RawMessage(message, body.length)),
                    writeKey(message),
                    null,
                    JsonNodeFactory.instance.objectNode());
        });
    }

    /** Reads a body whose messages stand in {@code batch}. */
    Envelope batch(byte[] body) {
        return parse(body, parser -> {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                requireObject(JsonNodeFactory.instance.nullNode());
            }
            ObjectNode rest = JsonNodeFactory.instance.objectNode();
            boolean complete = false;
            List<RawMessage> messages = List.of();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("batch") && value == JsonToken.START_ARRAY) {
                    messages = messages(parser);
                    complete = true;
                } else {
                    rest.set(name, json.tree(parser));
                }
            }
            return envelope(complete, messages, rest);
        });
    }

    private List<RawMessage> messages(JsonParser parser) throws IOException {
        List<RawMessage> messages = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (messages.size() == Limits.MESSAGES) {
                throw new ProblemException(ErrorCode.TOO_LARGE, "a batch has at most " + Limits.MESSAGES + " messages");
            }
            long start = parser.currentTokenLocation().getByteOffset();
            JsonNode message = json.tree(parser);
            messages.add(new RawMessage(message, parser.currentLocation().getByteOffset() - start));
        }
        return messages;
    }

    private static Envelope envelope(boolean complete, List<RawMessage> messages, ObjectNode rest) {
        Faults faults = new Faults();
        Representable.check(rest, faults);
        JsonNode context = rest.path("context");
        if (!context.isObject() && !context.isNull() && !context.isMissingNode()) {
            faults.add("/context", "wrong-type", "an object is expected");
        }
        faults.throwIfAny();
        return new Envelope(
                complete,
                messages,
                writeKey(rest),
                MessageReader.time(rest.path("sentAt")).orElse(null),
                context instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode());
    }

    private static Optional<String> writeKey(JsonNode root) {
        return Optional.ofNullable(root.path("writeKey").textValue());
    }

    private static void requireObject(JsonNode root) {
        if (!root.isObject()) {
            throw ProblemException.invalid(new Fault("", "wrong-type", "an object is expected"));
        }
    }

    private Envelope parse(byte[] body, Form form) {
        try (JsonParser parser = json.parser(body, body.length)) {
            if (parser.nextToken() == null) {
                throw ProblemException.malformed(new Fault("", "empty-body", "the body is empty; JSON is expected"));
            }
            Envelope envelope = form.read(parser);
            if (parser.nextToken() != null) {
                throw ProblemException.malformed(
                        new Fault("", "malformed-json", "malformed JSON: something follows the document"));
            }
            return envelope;
        } catch (StreamConstraintsException tooDeepOrLong) {
            throw new ProblemException(
                    ErrorCode.TOO_LARGE,
                    "the body nests deeper than " + Limits.DEPTH + " levels, or holds an endless name or number");
        } catch (JsonProcessingException malformed) {
            throw ProblemException.malformed(Documents.fault(malformed));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private interface Form {
        Envelope read(JsonParser parser) throws IOException;
    }
}
