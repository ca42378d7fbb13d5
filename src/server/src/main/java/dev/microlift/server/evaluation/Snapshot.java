package dev.microlift.server.evaluation;

import dev.microlift.server.configuration.ConfigurationChanged;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.experiment.Experiments;
import dev.microlift.server.experiment.Status;
import dev.microlift.server.unitfacts.Fact;
import dev.microlift.server.unitfacts.UnitFacts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** The compiled configuration that evaluations read. */
@ApplicationScoped
public class Snapshot {

    private static final Logger LOG = Logger.getLogger(Snapshot.class);

    /** How long a change waits for what is to be remembered; until then it counts as not having happened. */
    private static final Duration PAST_WAIT = Duration.ofMillis(500);

    private final Experiments experiments;
    private final UnitFacts facts;
    private volatile Compiled current = Compiled.of(0, new TreeMap<>(), List.of());

    Snapshot(Experiments experiments, UnitFacts facts) {
        this.experiments = experiments;
        this.facts = facts;
    }

    /**
     * One version of it.
     *
     * @param listed the flags that a bulk evaluation answers; archived ones can still be asked for by key
     * @param mayWait whether evaluating all of them may wait: see {@link Flag#mayWait()}
     */
    public record Compiled(long version, TreeMap<String, Flag> byKey, List<Flag> listed, boolean mayWait) {

        static Compiled of(long version, TreeMap<String, Flag> byKey, List<Flag> listed) {
            return new Compiled(version, byKey, listed, listed.stream().anyMatch(Flag::mayWait));
        }

        Optional<Flag> find(String key) {
            return Optional.ofNullable(byKey.get(key));
        }
    }

    /** What evaluations read now. */
    public Compiled current() {
        return current;
    }

    void compile(@Observes ConfigurationChanged change) {
        List<Experiment> all = experiments.all();
        TreeMap<String, Flag> byKey = new TreeMap<>();
        List<Fact> wanted = new ArrayList<>();
        for (Experiment experiment : all) {
            Remembered remembered = experiment.status().isLive()
                    ? Remembered.of(experiment, experiments.entryStep(experiment))
                    : Remembered.NOTHING;
            remembered.facts().forEach(wanted::add);
            byKey.put(experiment.key(), Flag.of(experiment, remembered.memory(facts)));
        }
        CompletableFuture<Void> past = facts.want(wanted);
        List<Flag> listed = all.stream()
                .filter(experiment -> experiment.status() != Status.ARCHIVED)
                .flatMap(experiment -> Optional.ofNullable(byKey.get(experiment.key())).stream())
                .toList();
        current = Compiled.of(change.version(), byKey, listed);
        awaitBriefly(past);
    }

    /** So that whoever starts an experiment usually finds it complete. */
    private static void awaitBriefly(CompletableFuture<Void> past) {
        try {
            past.get(PAST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException later) {
            LOG.info("what units did before an experiment's start is still being collected");
        } catch (ExecutionException failure) {
            throw new IllegalStateException("what units did cannot be collected", failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
