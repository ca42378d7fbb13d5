package dev.microlift.server.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.server.document.Documents;
import dev.microlift.server.reject.Excerpt;
import java.io.IOException;
import java.util.function.Supplier;

/** An import with one JSON document a line. */
final class JsonLines implements ImportLines {

    private final StrictJson json;
    private final LineReader lines;
    private long line;

    JsonLines(StrictJson json, LineReader lines) {
        this.json = json;
        this.lines = lines;
    }

    @Override
    public boolean advance() throws IOException {
        while (lines.advance()) {
            line++;
            if (!lines.isBlank()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public RawMessage message() throws Rejected {
        if (lines.isTooLong()) {
            throw new Rejected("", "too-large", "a line has at most " + Limits.MESSAGE_BYTES + " bytes");
        }
        return new RawMessage(tree(), 0, lines.length());
    }

    @Override
    public String excerpt() {
        return Excerpt.of(lines.bytes(), 0, lines.length());
    }

    @Override
    public Supplier<String> newId(JsonNode message) {
        return () -> ImportId.of(lines.bytes(), lines.length());
    }

    private JsonNode tree() throws Rejected {
        try (JsonParser parser = json.parser(lines.bytes(), lines.length())) {
            parser.nextToken();
            JsonNode tree = json.tree(parser);
            if (parser.nextToken() != null) {
                throw new Rejected("", "malformed-json", "malformed JSON: something follows the document");
            }
            return tree;
        } catch (StreamConstraintsException tooDeepOrLong) {
            throw new Rejected(
                    "",
                    "too-large",
                    "the line nests deeper than " + Limits.DEPTH + " levels, or holds an endless name or number");
        } catch (JsonProcessingException malformed) {
            throw new Rejected("", "malformed-json", Documents.fault(malformed).detail());
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
