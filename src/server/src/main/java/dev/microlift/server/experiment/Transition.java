package dev.microlift.server.experiment;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A move from one part of an experiment's life to the next. */
public enum Transition {
    START(Status.RUNNING, EnumSet.of(Status.DRAFT)),
    PAUSE(Status.PAUSED, EnumSet.of(Status.RUNNING)),
    RESUME(Status.RUNNING, EnumSet.of(Status.PAUSED)),
    STOP(Status.STOPPED, EnumSet.of(Status.RUNNING, Status.PAUSED)),
    ARCHIVE(Status.ARCHIVED, EnumSet.of(Status.STOPPED));

    private final Status target;

    @SuppressWarnings("ImmutableEnumChecker") // never changed after construction
    private final Set<Status> sources;

    Transition(Status target, Set<Status> sources) {
        this.target = target;
        this.sources = sources;
    }

    /**
     * Where this move leads.
     *
     * @throws ProblemException if it does not exist from there, naming the moves that do
     */
    Status from(Status status) {
        if (sources.contains(status)) {
            return target;
        }
        String possible = String.join(
                " or ",
                Arrays.stream(values())
                        .filter(other -> other.sources.contains(status))
                        .map(Transition::verb)
                        .toList());
        throw new ProblemException(
                ErrorCode.STATE_CONFLICT,
                "cannot " + verb() + " an experiment that is " + status.name().toLowerCase(Locale.ROOT) + "; "
                        + (possible.isEmpty() ? "no move is left" : "possible: " + possible));
    }

    private String verb() {
        return name().toLowerCase(Locale.ROOT);
    }
}
