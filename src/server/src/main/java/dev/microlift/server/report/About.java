package dev.microlift.server.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.experiment.Definition;
import dev.microlift.server.experiment.DefinitionHash;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.experiment.PlanHash;
import dev.microlift.server.experiment.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which experiment a report is about.
 *
 * @param planHash of plan and guardrails as they are
 * @param definitionHash of everything that people wrote about it
 * @param exploratory true if the plan is not the one it was started with
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record About(
        String key,
        String name,
        Status status,
        long version,
        @Nullable Instant startedAt,
        @Nullable Instant stoppedAt,
        String unitType,
        String planHash,
        String definitionHash,
        boolean exploratory) {

    static About of(Experiment experiment) {
        Definition definition = experiment.definition();
        return new About(
                definition.key(),
                definition.name(),
                experiment.status(),
                experiment.version(),
                experiment.startedAt(),
                experiment.stoppedAt(),
                definition.unitType(),
                PlanHash.of(definition),
                DefinitionHash.of(definition),
                experiment.isExploratory());
    }
}
