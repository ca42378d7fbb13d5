package dev.microlift.server.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.Receipt;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.Fault;
import dev.microlift.server.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Takes in requests that are one document: many messages, or one. A request is read at once, and answered once its good
 * messages are durable; no thread waits for that.
 */
@ApplicationScoped
class Ingest {

    /** Of how many rejected messages of one request word is left: one bad release must not hide all else. */
    private static final int NOTED = 20;

    /** How many messages libraries send at once; how many it really is, is known when all the work on them is done. */
    private static final int USUAL_BATCH = 100;

    /** Kinds of mistakes that are more than a limit allows. */
    private static final Set<String> OVER_A_LIMIT = Set.of("too-large", "unit-id-too-long", "message-id-too-long");

    private final ReadingThreads threads;
    private final Reception reception;
    private final Appends appends;
    private final Bots bots;
    private final RejectNotes rejects;
    private final IngestMeters meters;
    private final Clock clock;
    private final Reception.Form batch;
    private final Reception.Form single;
    private final MessageReader messages;

    Ingest(
            ReadingThreads threads,
            Reception reception,
            Appends appends,
            Bots bots,
            RejectNotes rejects,
            IngestMeters meters,
            Clock clock) {
        this.threads = threads;
        this.reception = reception;
        this.appends = appends;
        this.bots = bots;
        this.rejects = rejects;
        this.meters = meters;
        this.clock = clock;
        StrictJson json = new StrictJson();
        EnvelopeReader envelopes = new EnvelopeReader(json);
        this.batch = new Reception.Form("batch", envelopes::batch);
        this.single = new Reception.Form("", envelopes::single);
        this.messages = new MessageReader(json);
    }

    /** Takes in a batch of the tracking specification. */
    Uni<Outcome> batch(Submission submission) {
        return take(submission, batch);
    }

    /**
     * The same, or a rehearsal of it.
     *
     * @param dryRun {@code true} to say what would become of it and leave no trace, {@code false} to store it
     */
    Uni<Outcome> batch(Submission submission, String dryRun) {
        return switch (dryRun) {
            case "true" -> check(submission);
            case "false" -> batch(submission);
            default -> throw new ProblemException(ErrorCode.INVALID_PARAMETER, "dryRun is true or false");
        };
    }

    /** What was stored before is not looked up. */
    private Uni<Outcome> check(Submission submission) {
        return threads.run(() -> {
            Sorted sorted = sort(submission, reception.receive(submission, batch), null);
            List<Receipt> receipts = Repetitions.among(sorted.good());
            return Uni.createFrom()
                    .item(Outcome.of(Tally.of(receipts), sorted.waiting().refused(receipts), true));
        });
    }

    /** Says what is wrong with the messages of a request, and leaves no trace of it. */
    Uni<List<Refusal>> refused(Submission submission, Reception.Form form) {
        return threads.run(() -> Uni.createFrom()
                .item(sort(submission, reception.receive(submission, form), null)
                        .bad()));
    }

    /** Takes in every message by itself; the bad ones are told. */
    Uni<Outcome> take(Submission submission, Reception.Form form) {
        long start = System.nanoTime();
        return threads.run(() -> {
            appends.awaitRoom(USUAL_BATCH);
            Received received = reception.receive(submission, form);
            Sorted sorted = sort(submission, received, null);
            Sent sent = received.sent();
            return acknowledged(start, store(submission, sent, sorted), sent.messages());
        });
    }

    /** Takes in one message; a bad one is a bad request, one that must not be stored is none. */
    Uni<Outcome> single(Kind kind, Submission submission) {
        long start = System.nanoTime();
        return threads.run(() -> {
            appends.awaitRoom(1);
            Received received = reception.receive(submission, single);
            Sorted sorted = sort(submission, received, kind);
            CompletionStage<Outcome> outcome = store(submission, received.sent(), sorted);
            if (!sorted.bad().isEmpty()
                    && !Unwanted.isCodeOf(sorted.bad().get(0).code())) {
                throw problem(sorted.bad().get(0));
            }
            return acknowledged(start, outcome, 1);
        });
    }

    private Uni<Outcome> acknowledged(long start, CompletionStage<Outcome> stored, int messages) {
        return Uni.createFrom().completionStage(stored.thenApply(outcome -> {
            meters.acknowledged(messages, System.nanoTime() - start);
            return outcome;
        }));
    }

    private static ProblemException problem(Refusal why) {
        Fault fault = new Fault(why.pointer(), why.code(), why.detail());
        return OVER_A_LIMIT.contains(why.code()) ? ProblemException.tooLarge(fault) : ProblemException.invalid(fault);
    }

    private Sorted sort(Submission submission, Received received, @Nullable Kind kind) {
        Envelope envelope = received.envelope();
        MessageReader.Defaults defaults = new MessageReader.Defaults(
                        kind, envelope.sentAt(), envelope.context(), clock.instant(), false)
                .withBots(bots.among(received.sender().role(), submission.header("User-Agent")));
        Sorted sorted = new Sorted(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < envelope.messages().size(); i++) {
            RawMessage raw = envelope.messages().get(i);
            try {
                sorted.good().add(messages.read(raw, defaults));
                sorted.places().add(i);
            } catch (Rejected why) {
                sorted.bad().add(new Refusal(i, echo(raw.node()), why.pointer(), why.code(), why.detail()));
            }
        }
        return sorted;
    }

    private CompletionStage<Outcome> store(Submission submission, Sent sent, Sorted sorted) {
        sorted.bad().forEach(bad -> meters.rejected(bad.code()));
        Waiting waiting = sorted.waiting();
        return appends.append(sorted.good()).thenApply(receipts -> {
            List<Refusal> refused = waiting.refused(receipts);
            // The log's writer calls this; it has the time, for only few can be noted at once.
            refused.stream()
                    .filter(refusal -> !Unwanted.isCodeOf(refusal.code()))
                    .limit(NOTED)
                    .forEach(refusal -> rejects.rejected(submission, sent, refusal));
            return Outcome.of(Tally.of(receipts), refused, false);
        });
    }

    /** The message's id, if what stands there could be one. */
    private static @Nullable String echo(JsonNode message) {
        try {
            return MessageReader.messageId(message).orElse(null);
        } catch (Rejected unusable) {
            return null;
        }
    }
}
