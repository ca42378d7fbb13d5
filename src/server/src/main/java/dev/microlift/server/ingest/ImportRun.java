package dev.microlift.server.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.microlift.server.document.Documents;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventlog.Receipt;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One import: reads lines, appends them in chunks, and reads on while the chunk before is written. At most two chunks are
 * in memory; while both wait nothing is read, which slows the sender down.
 */
final class ImportRun {

    private static final int REJECTS_TOLD = 100;

    private final StrictJson json;
    private final MessageReader messages;
    private final Appends appends;
    private final IngestMeters meters;
    private final Clock clock;
    private final List<ImportOutcome.Reject> rejects = new ArrayList<>();
    private ImportChunk before = new ImportChunk();
    private ImportChunk chunk = new ImportChunk();
    private long line;
    private long accepted;
    private long duplicates;
    private long rejected;

    ImportRun(StrictJson json, MessageReader messages, Appends appends, IngestMeters meters, Clock clock) {
        this.json = json;
        this.messages = messages;
        this.appends = appends;
        this.meters = meters;
        this.clock = clock;
    }

    /** Takes in every line. */
    ImportOutcome run(LineReader lines) throws IOException {
        while (lines.advance()) {
            line++;
            if (!lines.isBlank()) {
                take(lines);
            }
        }
        append();
        count(before);
        rejects.sort(Comparator.comparingLong(ImportOutcome.Reject::line));
        return new ImportOutcome(accepted, duplicates, rejected, rejects);
    }

    /** How many lines are durable for certain, for a message about an import that broke off. */
    long durable() {
        return accepted + duplicates;
    }

    private void take(LineReader current) {
        try {
            chunk.add(read(current), line);
            if (chunk.isFull()) {
                append();
            }
        } catch (Rejected why) {
            meters.rejected(why.code());
            reject(line, why.code(), told(why));
        }
    }

    private void reject(long where, String code, String detail) {
        rejected++;
        if (rejects.size() < REJECTS_TOLD) {
            rejects.add(new ImportOutcome.Reject(where, code, detail));
        }
    }

    private static String told(Rejected why) {
        return why.pointer().isEmpty() ? why.detail() : why.pointer() + ": " + why.detail();
    }

    private Message read(LineReader current) throws Rejected {
        if (current.isTooLong()) {
            throw new Rejected("", "too-large", "a line has at most " + Limits.MESSAGE_BYTES + " bytes");
        }
        RawMessage raw = new RawMessage(tree(current), 0, current.length());
        return messages.read(
                raw,
                new MessageReader.Defaults(null, null, JsonNodeFactory.instance.objectNode(), clock.instant(), true));
    }

    /** A line that is not JSON is a bad line, not the end of the import. */
    private JsonNode tree(LineReader current) throws Rejected {
        try (JsonParser parser = json.parser(current.bytes(), current.length())) {
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

    private void append() {
        ImportChunk full = chunk;
        chunk = new ImportChunk();
        count(before);
        full.append(appends);
        before = full;
    }

    private void count(ImportChunk appended) {
        List<Receipt> receipts = appended.await(appends);
        Tally tally = Tally.of(receipts);
        accepted += tally.accepted();
        duplicates += tally.duplicates();
        for (int i = 0; tally.conflicts() > 0 && i < receipts.size(); i++) {
            if (receipts.get(i) == Receipt.CONFLICT) {
                reject(appended.line(i), IdConflict.CODE, IdConflict.DETAIL);
            }
        }
    }
}
