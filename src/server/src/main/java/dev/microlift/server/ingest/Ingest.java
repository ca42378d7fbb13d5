package dev.microlift.server.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.server.access.KeyHolder;
import dev.microlift.server.access.Permission;
import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.Message;
import dev.microlift.server.eventlog.Receipt;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.Fault;
import dev.microlift.server.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes in requests that are one document: a batch, or one message. */
@ApplicationScoped
class Ingest {

    private final Senders senders;
    private final Appends appends;
    private final IngestMeters meters;
    private final Clock clock;
    private final EnvelopeReader envelopes;
    private final MessageReader messages;

    Ingest(Senders senders, Appends appends, IngestMeters meters, Clock clock) {
        this.senders = senders;
        this.appends = appends;
        this.meters = meters;
        this.clock = clock;
        StrictJson json = new StrictJson();
        this.envelopes = new EnvelopeReader(json);
        this.messages = new MessageReader(json);
    }

    /** Takes in a batch: every message by itself, the bad ones told. */
    Outcome batch(Submission submission) {
        Envelope envelope = envelope(submission, envelopes::batch);
        List<Message> good = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<Outcome.Rejection> rejected = new ArrayList<>();
        MessageReader.Defaults defaults = defaults(null, envelope);
        for (int i = 0; i < envelope.messages().size(); i++) {
            RawMessage raw = envelope.messages().get(i);
            try {
                good.add(messages.read(raw, defaults));
                places.add(i);
            } catch (Rejected why) {
                meters.rejected(why.code());
                rejected.add(new Outcome.Rejection(i, echo(raw.node()), why.code(), why.detail()));
            }
        }
        return outcome(good, places, rejected);
    }

    /** Takes in one message; a bad one is a bad request. */
    Outcome single(Kind kind, Submission submission) {
        Envelope envelope = envelope(submission, envelopes::single);
        try {
            Message message = messages.read(envelope.messages().get(0), defaults(kind, envelope));
            return outcome(List.of(message), List.of(0), List.of());
        } catch (Rejected why) {
            meters.rejected(why.code());
            if (why.code().equals("too-large")) {
                throw new ProblemException(ErrorCode.TOO_LARGE, why.detail());
            }
            throw ProblemException.invalid(new Fault(why.pointer(), why.code(), why.detail()));
        }
    }

    /** The key is looked for before the body is read, so that strangers cannot make the server work. */
    private Envelope envelope(Submission submission, Form form) {
        BodyFormat format = BodyFormat.of(submission);
        format.requireDocument();
        Optional<KeyHolder> sender = senders.named(submission, Permission.TRACK);
        int maxBytes = sender.map(holder -> Limits.contentBytes(holder.role())).orElse(Limits.CLIENT_BYTES);
        Envelope envelope = read(Bodies.read(submission, format, maxBytes), form, sender.isPresent());
        if (sender.isEmpty()) {
            senders.require(envelope.writeKey(), submission, Permission.TRACK);
        }
        if (!envelope.isComplete()) {
            throw ProblemException.invalid(
                    new Fault("/batch", "required", "a batch is a list of messages in the field batch"));
        }
        return envelope;
    }

    /** A stranger whose body cannot be read is a stranger first, but is told why no key was found in it. */
    private static Envelope read(byte[] body, Form form, boolean isKnown) {
        try {
            return form.read(body);
        } catch (ProblemException unreadable) {
            if (isKnown || unreadable.code().status() != ErrorCode.BAD_REQUEST.status()) {
                throw unreadable;
            }
            throw new ProblemException(
                    ErrorCode.UNAUTHORIZED,
                    "a valid key is required: the headers have none, and the body cannot be read for one: "
                            + unreadable.detail());
        }
    }

    private MessageReader.Defaults defaults(@Nullable Kind kind, Envelope envelope) {
        return new MessageReader.Defaults(kind, envelope.sentAt(), envelope.context(), clock.instant(), false);
    }

    /**
     * Stores the good messages and tells what became of all.
     *
     * @param places where in the request each good message stood
     */
    private Outcome outcome(List<Message> good, List<Integer> places, List<Outcome.Rejection> rejected) {
        List<Receipt> receipts = appends.await(appends.begin(good));
        return Outcome.of(good, places, receipts, rejected);
    }

    /** The message's id, if what stands there could be one. */
    private static @Nullable String echo(JsonNode message) {
        try {
            return MessageReader.messageId(message).orElse(null);
        } catch (Rejected unusable) {
            return null;
        }
    }

    private interface Form {
        Envelope read(byte[] body);
    }
}
