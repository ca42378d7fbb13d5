package dev.microlift.server.ingest;

import dev.microlift.server.access.KeyHolder;
import dev.microlift.server.access.Permission;
import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Takes in history: lines of any number and age. */
@ApplicationScoped
class Imports {

    private final Senders senders;
    private final Appends appends;
    private final ImportBook book;
    private final RejectNotes rejects;
    private final IngestMeters meters;
    private final Clock clock;
    private final StrictJson json = new StrictJson();
    private final MessageReader messages = new MessageReader(json);

    Imports(Senders senders, Appends appends, ImportBook book, RejectNotes rejects, IngestMeters meters, Clock clock) {
        this.senders = senders;
        this.appends = appends;
        this.book = book;
        this.rejects = rejects;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Takes in a body of lines.
     *
     * @param id what the caller wants the import to be called; null for a name of ours
     */
    ImportOutcome lines(Submission submission, BodyFormat format, @Nullable String id) {
        KeyHolder sender = senders.require(submission.key(), submission, Permission.IMPORT);
        ImportProgress progress = book.begin(id);
        ImportRun run = new ImportRun(
                messages,
                appends,
                meters,
                clock,
                progress,
                (why, line) -> rejects.rejected(submission, sender, why, line));
        try {
            ImportOutcome outcome = run(run, new ProgressStream(submission.body(), progress, meters), format);
            book.done(progress);
            return outcome;
        } catch (ProblemException refused) {
            ProblemException told = refused.retryAfter()
                    .map(after -> ProblemException.retry(refused.code(), told(refused.detail(), progress), after))
                    .orElse(refused);
            book.failed(progress, told.detail());
            rejects.refused(submission, sender, refused, new byte[0]);
            throw told;
        } catch (RuntimeException | Error unexpected) {
            book.failed(progress, "an internal error");
            throw unexpected;
        }
    }

    private ImportOutcome run(ImportRun run, ProgressStream wire, BodyFormat format) {
        try {
            InputStream content = ByteOrderMark.skip(format.isGzip() ? Gunzip.open(wire) : wire);
            return switch (format.form()) {
                case CSV -> run.run(new CsvLines(json, content), Kind.TRACK);
                case LINES, DOCUMENT ->
                    run.run(new JsonLines(json, new LineReader(content, Limits.MESSAGE_BYTES)), null);
            };
        } catch (ZipException | EOFException notGzip) {
            throw broken("the body is not a whole gzip stream", wire.progress());
        } catch (CsvLines.MalformedCsvException malformed) {
            throw broken(String.valueOf(malformed.getMessage()), wire.progress());
        } catch (IOException cut) {
            throw broken("the body could not be read to its end", wire.progress());
        }
    }

    private static ProblemException broken(String why, ImportProgress progress) {
        return new ProblemException(ErrorCode.BAD_REQUEST, told(why, progress));
    }

    private static String told(String why, ImportProgress progress) {
        return why + "; at least " + progress.durable()
                + " messages are stored, and all may be sent again without being counted twice";
    }
}
