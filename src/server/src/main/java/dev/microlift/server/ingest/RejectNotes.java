package dev.microlift.server.ingest;

import dev.microlift.server.access.KeyHolder;
import dev.microlift.server.problem.Fault;
import dev.microlift.server.problem.ProblemException;
import dev.microlift.server.reject.Excerpt;
import dev.microlift.server.reject.Reject;
import dev.microlift.server.reject.Rejects;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** Leaves word of what was not taken, for developers who look for it. */
@ApplicationScoped
class RejectNotes {

    private static final List<Integer> MISTAKES = List.of(400, 413, 415);

    private final Rejects rejects;
    private final Clock clock;

    RejectNotes(Rejects rejects, Clock clock) {
        this.rejects = rejects;
        this.clock = clock;
    }

    /** A message that was not taken while others of its request may have been. */
    void rejected(Submission submission, Sent sent, Refusal refusal) {
        note(
                submission,
                sent.sender(),
                new Fault(refusal.pointer(), refusal.code(), refusal.detail()),
                () -> sent.excerpt(refusal.index()));
    }

    /** A line of an import. */
    void rejected(Submission submission, KeyHolder sender, Rejected why, String line) {
        note(submission, sender, new Fault(why.pointer(), why.code(), why.detail()), () -> line);
    }

    /** A request of which nothing was taken, if that is a mistake of its sender. */
    void refused(Submission submission, KeyHolder sender, ProblemException why, byte[] body) {
        if (MISTAKES.contains(why.code().status())) {
            String pointer = why.faults().isEmpty() ? "" : why.faults().get(0).pointer();
            note(
                    submission,
                    sender,
                    new Fault(pointer, why.code().code(), why.detail()),
                    () -> Excerpt.of(body, 0, body.length));
        }
    }

    private void note(Submission submission, KeyHolder sender, Fault fault, Supplier<String> message) {
        rejects.note(() -> new Reject(
                clock.instant(),
                fault.code(),
                fault.pointer(),
                fault.detail(),
                submission.route(),
                sender.keyId(),
                message.get()));
    }
}
