package dev.microlift.server.report.computation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.Computation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is being computed.
 *
 * @param about whose units it is about
 * @param since when it was asked for
 * @param statementsDone how many of its statements have ended; how many there are depends on the question
 * @param statementProgress share, from 0 to 1, of the present statement that is done; null if the database does not say
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ComputationStatus(
        String id,
        Computation.What what,
        String about,
        Instant since,
        Computation.State state,
        int statementsDone,
        @Nullable Double statementProgress) {

    static ComputationStatus of(Computation computation) {
        return new ComputationStatus(
                computation.id(),
                computation.what(),
                computation.about(),
                computation.since(),
                computation.state(),
                computation.statementsDone(),
                computation.statementProgress().stream().boxed().findFirst().orElse(null));
    }
}
