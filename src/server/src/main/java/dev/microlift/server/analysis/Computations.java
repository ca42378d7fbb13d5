package dev.microlift.server.analysis;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The answers that this node works on. One whose requester is gone is cancelled. */
@ApplicationScoped
public class Computations {

    private final Map<String, Computation> present = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Requester requester;

    Computations(Clock clock, Requester requester) {
        this.clock = clock;
        this.requester = requester;
    }

    /** Works on an answer; it is listed until then. */
    <T> T run(Computation.What what, Question question, Function<Computation, T> work) {
        Computation computation = new Computation(
                UUID.randomUUID().toString(), what, question.scope().about(question), clock.instant());
        present.put(computation.id(), computation);
        try {
            requester.whenGone(computation::cancel);
            return work.apply(computation);
        } finally {
            present.remove(computation.id());
        }
    }

    /** Everything that is worked on, the oldest first. */
    public List<Computation> list() {
        return present.values().stream()
                .sorted(Comparator.comparing(Computation::since).thenComparing(Computation::id))
                .toList();
    }

    /**
     * Cancels one.
     *
     * @throws ProblemException if there is none of this id, or no more
     */
    public void cancel(String id) {
        Optional.ofNullable(present.get(id))
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.NOT_FOUND, "this node does not work on a computation of this id, or no more"))
                .cancel();
    }
}
