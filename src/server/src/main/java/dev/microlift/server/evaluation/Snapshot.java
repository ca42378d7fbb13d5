package dev.microlift.server.evaluation;

import dev.microlift.server.configuration.ConfigurationChanged;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.experiment.Experiments;
import dev.microlift.server.experiment.Status;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The compiled configuration that evaluations read. */
@ApplicationScoped
class Snapshot {

    private final Experiments experiments;
    private volatile Compiled current = new Compiled(0, new TreeMap<>(), List.of());

    Snapshot(Experiments experiments) {
        this.experiments = experiments;
    }

    /** @param listed the flags that a bulk evaluation answers; archived ones can still be asked for by key */
    record Compiled(long version, TreeMap<String, Flag> byKey, List<Flag> listed) {

        Optional<Flag> find(String key) {
            return Optional.ofNullable(byKey.get(key));
        }
    }

    Compiled current() {
        return current;
    }

    void compile(@Observes ConfigurationChanged change) {
        List<Experiment> all = experiments.all();
        TreeMap<String, Flag> byKey = new TreeMap<>();
        all.forEach(experiment -> byKey.put(experiment.key(), Flag.of(experiment)));
        List<Flag> listed = all.stream()
                .filter(experiment -> experiment.status() != Status.ARCHIVED)
                .flatMap(experiment -> Optional.ofNullable(byKey.get(experiment.key())).stream())
                .toList();
        current = new Compiled(change.version(), byKey, listed);
    }
}
