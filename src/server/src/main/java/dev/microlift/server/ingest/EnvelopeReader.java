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

    /**
     * An object of which one field lists messages.
     *
     * @param isComplete false if that field is no list
     * @param rest the other fields
     */
    record Listing(boolean isComplete, List<RawMessage> messages, ObjectNode rest) {}

    /** Reads a body that is one message. */
    Envelope single(byte[] body) {
        return parse(body, parser -> {
            JsonNode message = json.tree(parser);
            requireObject(message);
            return new Envelope(
                    true,
                    List.of(new RawMessage(message, 0, body.length)),
                    writeKey(message),
                    null,
                    JsonNodeFactory.instance.objectNode());
        });
    }

    /** Reads a body whose messages stand in {@code batch}. */
    Envelope batch(byte[] body) {
        return envelope(listing(body, "batch", Limits.MESSAGES));
    }

    /** Reads a body that is an object with a list of messages in one of its fields. */
    Listing listing(byte[] body, String field, int maxMessages) {
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
                if (name.equals(field) && value == JsonToken.START_ARRAY) {
                    messages = messages(parser, maxMessages);
                    complete = true;
                } else {
                    rest.set(name, json.tree(parser));
                }
            }
            requireRepresentable(rest);
            return new Listing(complete, messages, rest);
        });
    }

    /** Reads a body that is a list of messages. */
    List<RawMessage> list(byte[] body) {
        return parse(body, parser -> {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                json.tree(parser);
                throw ProblemException.invalid(new Fault("", "wrong-type", "a list is expected"));
            }
            return messages(parser, Limits.MESSAGES);
        });
    }

    private List<RawMessage> messages(JsonParser parser, int maxMessages) throws IOException {
        List<RawMessage> messages = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (messages.size() == maxMessages) {
                throw new ProblemException(ErrorCode.TOO_LARGE, "a request has at most " + maxMessages + " messages");
            }
            long start = parser.currentTokenLocation().getByteOffset();
            JsonNode message = json.tree(parser);
            messages.add(new RawMessage(message, start, parser.currentLocation().getByteOffset() - start));
        }
        return messages;
    }

    private static void requireRepresentable(ObjectNode rest) {
        Faults faults = new Faults();
        Representable.check(rest, faults);
        faults.throwIfAny();
    }

    private static Envelope envelope(Listing listing) {
        ObjectNode rest = listing.rest();
        JsonNode context = rest.path("context");
        if (!context.isObject() && !context.isNull() && !context.isMissingNode()) {
            throw ProblemException.invalid(new Fault("/context", "wrong-type", "an object is expected"));
        }
        return new Envelope(
                listing.isComplete(),
                listing.messages(),
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

    private <T> T parse(byte[] body, Form<T> form) {
        try (JsonParser parser = json.parser(body, body.length)) {
            if (parser.nextToken() == null) {
                throw ProblemException.malformed(new Fault("", "empty-body", "the body is empty; JSON is expected"));
            }
            T document = form.read(parser);
            if (parser.nextToken() != null) {
                throw ProblemException.malformed(
                        new Fault("", "malformed-json", "malformed JSON: something follows the document"));
            }
            return document;
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

    private interface Form<T> {
        T read(JsonParser parser) throws IOException;
    }
}
