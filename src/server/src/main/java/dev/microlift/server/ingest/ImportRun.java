package dev.microlift.server.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventlog.Receipt;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One import: reads lines, appends them in chunks, and reads on while the chunk before is written. At most two chunks are
 * in memory; while both wait nothing is read, which slows the sender down.
 */
final class ImportRun {

    private static final int REJECTS_TOLD = 100;

    private final MessageReader messages;
    private final Appends appends;
    private final IngestMeters meters;
    private final Clock clock;
    private final ImportProgress progress;
    private final BiConsumer<Rejected, String> notes;
    private final List<ImportOutcome.Reject> rejects = new ArrayList<>();
    private ImportChunk before = new ImportChunk();
    private ImportChunk chunk = new ImportChunk();

    /** @param notes takes the rejects that are told, each with how its line began */
    ImportRun(
            MessageReader messages,
            Appends appends,
            IngestMeters meters,
            Clock clock,
            ImportProgress progress,
            BiConsumer<Rejected, String> notes) {
        this.messages = messages;
        this.appends = appends;
        this.meters = meters;
        this.clock = clock;
        this.progress = progress;
        this.notes = notes;
    }

    /**
     * Takes in every line.
     *
     * @param kind of lines that do not say theirs; null if they must
     */
    ImportOutcome run(ImportLines lines, @Nullable Kind kind) throws IOException {
        while (lines.advance()) {
            progress.reachedLine(lines.line());
            take(lines, kind);
        }
        append();
        count(before);
        rejects.sort(Comparator.comparingLong(ImportOutcome.Reject::line));
        ImportStatus status = progress.status();
        return new ImportOutcome(progress.id(), status.accepted(), status.duplicates(), status.rejected(), rejects);
    }

    private void take(ImportLines lines, @Nullable Kind kind) {
        try {
            RawMessage raw = lines.message();
            MessageReader.Defaults defaults = new MessageReader.Defaults(
                            kind, null, JsonNodeFactory.instance.objectNode(), clock.instant(), true)
                    .withNewId(lines.newId(raw.node()));
            Message message = messages.read(raw, defaults);
            chunk.add(message, lines.line());
            if (chunk.isFull()) {
                append();
            }
        } catch (Rejected why) {
            meters.rejected(why.code());
            if (reject(lines.line(), why) && !Unwanted.isCodeOf(why.code())) {
                notes.accept(why, lines.excerpt());
            }
        }
    }

    /** Counts a reject; true if it is one of the first. */
    private boolean reject(long line, Rejected why) {
        progress.rejected();
        if (rejects.size() == REJECTS_TOLD) {
            return false;
        }
        String detail = why.pointer().isEmpty() ? why.detail() : why.pointer() + ": " + why.detail();
        rejects.add(new ImportOutcome.Reject(line, why.code(), detail));
        return true;
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
        progress.appended(tally);
        for (int i = 0; tally.conflicts() + tally.refused() > 0 && i < receipts.size(); i++) {
            if (receipts.get(i) == Receipt.CONFLICT) {
                reject(appended.line(i), new Rejected("", IdConflict.CODE, IdConflict.DETAIL));
            } else if (receipts.get(i) == Receipt.REFUSED) {
                reject(appended.line(i), new Rejected("", Unwanted.ERASED, Unwanted.ERASED_DETAIL));
            }
        }
    }
}
