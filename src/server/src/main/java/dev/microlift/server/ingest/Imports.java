package dev.microlift.server.ingest;

import dev.microlift.server.access.Permission;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.zip.ZipException;

/** Takes in history: lines of any number and age. */
@ApplicationScoped
class Imports {

    private final Senders senders;
    private final Appends appends;
    private final IngestMeters meters;
    private final Clock clock;
    private final StrictJson json = new StrictJson();
    private final MessageReader messages = new MessageReader(json);

    Imports(Senders senders, Appends appends, IngestMeters meters, Clock clock) {
        this.senders = senders;
        this.appends = appends;
        this.meters = meters;
        this.clock = clock;
    }

    /** Takes in a body of lines. */
    ImportOutcome lines(Submission submission, BodyFormat format) {
        senders.require(submission.key(), submission, Permission.IMPORT);
        ImportRun run = new ImportRun(json, messages, appends, meters, clock);
        try {
            InputStream content = format.isGzip() ? Gunzip.open(submission.body()) : submission.body();
            return run.run(new LineReader(content, Limits.MESSAGE_BYTES));
        } catch (ZipException | EOFException notGzip) {
            throw broken("the body is not a whole gzip stream", run);
        } catch (IOException cut) {
            throw broken("the body could not be read to its end", run);
        } catch (ProblemException refused) {
            throw refused.retryAfter()
                    .map(after -> ProblemException.retry(refused.code(), told(refused.detail(), run), after))
                    .orElse(refused);
        }
    }

    private static ProblemException broken(String why, ImportRun run) {
        return new ProblemException(ErrorCode.BAD_REQUEST, told(why, run));
    }

    private static String told(String why, ImportRun run) {
        return why + "; at least " + run.durable()
                + " messages are stored, and those with a messageId may be sent again without being counted twice";
    }
}
