package dev.microlift.server.evaluation;

import dev.microlift.server.configuration.ConfigurationChanged;
import dev.microlift.server.experiment.Experiment;
import dev.microlift.server.experiment.Experiments;
import dev.microlift.server.experiment.Status;
import dev.microlift.server.experiment.Variant;
import dev.microlift.server.meter.VariantMeters;
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
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The compiled configuration that evaluations read. */
@ApplicationScoped
public class Snapshot {

    private static final Logger LOG = Logger.getLogger(Snapshot.class);

    /** How long a change waits for what is to be remembered; until then it counts as not having happened. */
    private static final Duration PAST_WAIT = Duration.ofMillis(500);

    private final Experiments experiments;
    private final UnitFacts facts;
    private final VariantMeters meters;
    private volatile Compiled current = Compiled.NOTHING;

    Snapshot(Experiments experiments, UnitFacts facts, VariantMeters meters) {
        this.experiments = experiments;
        this.facts = facts;
        this.meters = meters;
    }

    /**
     * One version of it.
     *
     * @param listed the flags that a bulk evaluation answers; archived ones can still be asked for by key
     * @param mayWait whether evaluating all of them may wait: see {@link Flag#mayWait()}
     */
    public record Compiled(long version, TreeMap<String, Flag> byKey, List<Flag> listed, boolean mayWait) {

        /** Before there is a configuration. */
        public static final Compiled NOTHING = of(0, new TreeMap<>(), List.of());

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
        meters.know(all.stream().flatMap(Snapshot::counted).toList());
        TreeMap<String, Flag> byKey = new TreeMap<>();
        List<Fact> wanted = new ArrayList<>();
        for (Experiment experiment : all) {
            Remembered remembered = experiment.status().isLive()
                    ? Remembered.of(experiment, experiments.entryStep(experiment))
                    : Remembered.NOTHING;
            remembered.facts().forEach(wanted::add);
            byKey.put(
                    experiment.key(),
                    Flag.of(
                            experiment,
                            remembered.memory(facts),
                            variant -> meters.evaluations(new VariantMeters.Variant(experiment.key(), variant))));
        }
        CompletableFuture<Void> past = facts.want(wanted);
        List<Flag> listed = all.stream()
                .filter(experiment -> experiment.status() != Status.ARCHIVED)
                .flatMap(experiment -> Optional.ofNullable(byKey.get(experiment.key())).stream())
                .toList();
        current = Compiled.of(change.version(), byKey, listed);
        awaitBriefly(past);
    }

    /** The variants of what was started and can still be asked for, and those who are outside of it. */
    private static Stream<VariantMeters.Variant> counted(Experiment experiment) {
        if (experiment.status() == Status.DRAFT || experiment.status() == Status.ARCHIVED) {
            return Stream.empty();
        }
        return Stream.concat(
                        Stream.of(VariantMeters.OTHER),
                        experiment.definition().variants().stream().map(Variant::key))
                .map(variant -> new VariantMeters.Variant(experiment.key(), variant));
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
