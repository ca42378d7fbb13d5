package dev.microlift.server.experiment;

import dev.microlift.server.document.Documents;
import dev.microlift.server.document.Faults;
import java.util.Set;

/** From a stored row to an experiment. */
final class ExperimentMapping {

    /** The database itself sees to it that journeys and layer of a stored experiment exist. */
    private static final ExperimentReader STORED = new ExperimentReader(References.TRUSTED);

    private ExperimentMapping() {}

    static Experiment experiment(ExperimentEntity entity) {
        return new Experiment(
                definition(entity),
                entity.status,
                entity.version,
                entity.launch == null ? null : LaunchFormat.read(Documents.parse(entity.launch)),
                Set.copyOf(entity.muted),
                entity.decision,
                entity.decisionReason,
                entity.keyFreeSince,
                entity.createdAt,
                entity.updatedAt,
                entity.startedAt,
                entity.stoppedAt);
    }

    static Definition definition(ExperimentEntity entity) {
        return STORED.read(Documents.parse(entity.definition), new Faults())
                .orElseThrow(() -> new IllegalStateException("the stored experiment " + entity.key + " is faulty"));
    }
}
