package dev.microlift.server.ingest;

import dev.microlift.server.access.KeyHolder;
import dev.microlift.server.access.Permission;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.Fault;
import dev.microlift.server.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;

/** Reads requests: whose they are, whether they keep within the limits, and what they hold. */
@ApplicationScoped
class Reception {

    private final Senders senders;
    private final RejectNotes rejects;
    private final IngestMeters meters;

    Reception(Senders senders, RejectNotes rejects, IngestMeters meters) {
        this.senders = senders;
        this.rejects = rejects;
        this.meters = meters;
    }

    /**
     * How the body of a protocol is read.
     *
     * @param list the field its messages stand in
     */
    record Form(String list, Function<byte[], Envelope> reader) {

        Envelope read(byte[] body) {
            return reader.apply(body);
        }
    }

    /**
     * Reads a request. The key is looked for before the body is read, so that strangers cannot make the server work; what
     * is refused of a known sender is noted.
     */
    Received receive(Submission submission, Form form) {
        Optional<KeyHolder> sender = senders.named(submission, Permission.TRACK);
        byte[] body =
                sender.map(known -> body(submission, known)).orElseGet(() -> body(submission, Limits.CLIENT_BYTES));
        Envelope envelope =
                sender.map(known -> envelope(submission, known, body, form)).orElseGet(() -> ofStranger(body, form));
        KeyHolder holder = sender.orElseGet(() -> senders.require(envelope.writeKey(), submission, Permission.TRACK));
        if (!envelope.isComplete()) {
            ProblemException incomplete = ProblemException.invalid(
                    new Fault("/" + form.list(), "required", "the field " + form.list() + " lists the messages"));
            rejects.refused(submission, holder, incomplete, body);
            throw incomplete;
        }
        return new Received(holder, body, envelope);
    }

    private byte[] body(Submission submission, KeyHolder sender) {
        Head head = new Head();
        try {
            return body(submission, Limits.contentBytes(sender.role()), head);
        } catch (ProblemException refused) {
            rejects.refused(submission, sender, refused, head.bytes());
            throw refused;
        }
    }

    private byte[] body(Submission submission, int maxBytes) {
        return body(submission, maxBytes, new Head());
    }

    private byte[] body(Submission submission, int maxBytes, Head head) {
        BodyFormat format = BodyFormat.of(submission);
        format.requireDocument();
        return Bodies.read(submission, format, maxBytes, head, meters::receivedBytes);
    }

    private Envelope envelope(Submission submission, KeyHolder sender, byte[] body, Form form) {
        try {
            return form.read(body);
        } catch (ProblemException unreadable) {
            rejects.refused(submission, sender, unreadable, body);
            throw unreadable;
        }
    }

    /** A stranger whose body cannot be read is a stranger first, but is told why no key was found in it. */
    private static Envelope ofStranger(byte[] body, Form form) {
        try {
            return form.read(body);
        } catch (ProblemException unreadable) {
            if (unreadable.code().status() != ErrorCode.BAD_REQUEST.status()) {
                throw unreadable;
            }
            throw new ProblemException(
                    ErrorCode.UNAUTHORIZED,
                    "a valid key is required: the headers have none, and the body cannot be read for one: "
                            + unreadable.detail());
        }
    }
}
