package dev.microlift.server.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.server.configuration.ConfigurationChanges;
import dev.microlift.server.configuration.Configured;
import dev.microlift.server.document.EntityTags;
import dev.microlift.server.document.Faults;
import dev.microlift.server.document.Page;
import dev.microlift.server.journey.Journeys;
import dev.microlift.server.journey.Step;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.Fault;
import dev.microlift.server.problem.ProblemException;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps experiments and leads them through their life. */
@ApplicationScoped
public class Experiments {

    private final ConfigurationChanges changes;
    private final Journeys journeys;
    private final Launches launches;
    private final Clock clock;

    Experiments(ConfigurationChanges changes, Journeys journeys, Launches launches, Clock clock) {
        this.changes = changes;
        this.journeys = journeys;
        this.launches = launches;
        this.clock = clock;
    }

    /** Creates a draft from its document. */
    public Experiment create(JsonNode document) {
        return changes.apply("create", experiment(document.path("key").asText()), () -> {
            Definition definition = read(document, Optional.empty());
            if (ExperimentEntity.findById(definition.key()) != null) {
                throw new ProblemException(
                        ErrorCode.ALREADY_EXISTS,
                        "there is an experiment with the key " + definition.key() + " already");
            }
            ExperimentEntity entity = new ExperimentEntity();
            entity.key = definition.key();
            entity.status = Status.DRAFT;
            entity.version = 1;
            entity.muted = new ArrayList<>();
            entity.createdAt = clock.instant();
            entity.updatedAt = entity.createdAt;
            entity.keyFreeSince = DeletedExperimentEntity.deletedAt(entity.key).orElse(null);
            define(entity, definition);
            entity.persist();
            return ExperimentMapping.experiment(entity);
        });
    }

    Experiment replace(String key, JsonNode document, @Nullable String ifMatch) {
        return change("replace", key, ifMatch, entity -> {
            Experiment current = ExperimentMapping.experiment(entity);
            Definition wanted = read(document, current.launched());
            WholeBody.requireKey(wanted.key(), key);
            LiveEdits.check(current, wanted);
            current.launched()
                    .filter(launch -> wanted.traffic() > current.definition().traffic())
                    .ifPresent(launch -> entity.launch =
                            LaunchFormat.write(launches.widened(launch, wanted)).toString());
            define(entity, wanted);
        });
    }

    /** Deletes a draft, or an experiment of which only the report was left. */
    public void delete(String key, @Nullable String ifMatch) {
        changes.apply("delete", experiment(key), () -> {
            ExperimentEntity entity = entity(key);
            EntityTags.requireMatch(ifMatch, entity.version);
            if (entity.status != Status.DRAFT && entity.status != Status.ARCHIVED) {
                throw new ProblemException(
                        ErrorCode.STATE_CONFLICT,
                        "only drafts and archived experiments can be deleted; stop and archive it");
            }
            if (entity.launch != null) {
                DeletedExperimentEntity.remember(key, clock.instant());
            }
            entity.delete();
            return key;
        });
    }

    /** Starts it, and freezes what must not change any more. */
    public Experiment start(String key, @Nullable String ifMatch) {
        return change("start", key, ifMatch, entity -> {
            move(entity, Transition.START);
            entity.startedAt = clock.instant();
            entity.launch = LaunchFormat.write(launches.of(ExperimentMapping.definition(entity)))
                    .toString();
        });
    }

    Experiment pause(String key, @Nullable String ifMatch) {
        return change("pause", key, ifMatch, entity -> move(entity, Transition.PAUSE));
    }

    Experiment resume(String key, @Nullable String ifMatch) {
        return change("resume", key, ifMatch, entity -> move(entity, Transition.RESUME));
    }

    /**
     * Why and with which outcome an experiment ends.
     *
     * @param variant whose value everybody gets from then on; null for no outcome
     */
    public record Decision(
            @Nullable String variant, @Nullable String reason) {}

    /** Ends it. */
    public Experiment stop(String key, Decision decision, @Nullable String ifMatch) {
        return change("stop", key, ifMatch, entity -> {
            if (decision.variant() != null) {
                requireVariant(entity, decision.variant(), "/decision");
            }
            move(entity, Transition.STOP);
            entity.stoppedAt = clock.instant();
            entity.decision = decision.variant();
            entity.decisionReason = decision.reason();
        });
    }

    Experiment archive(String key, @Nullable String ifMatch) {
        return change("archive", key, ifMatch, entity -> move(entity, Transition.ARCHIVE));
    }

    /** Serves control's value to a variant's units, or the variant's own again. */
    Experiment mute(String key, String variant, boolean muted, @Nullable String ifMatch) {
        return change(muted ? "mute" : "unmute", key, ifMatch, entity -> {
            if (!entity.status.isLive()) {
                throw new ProblemException(
                        ErrorCode.STATE_CONFLICT, "a variant can be muted only while its experiment runs or is paused");
            }
            Definition definition = ExperimentMapping.definition(entity);
            if (definition.variant(variant).isEmpty()) {
                throw new ProblemException(ErrorCode.NOT_FOUND, "there is no variant with the key " + variant);
            }
            if (definition.controlVariant().key().equals(variant)) {
                throw new ProblemException(ErrorCode.STATE_CONFLICT, "the control cannot be muted");
            }
            List<String> all = new ArrayList<>(entity.muted);
            all.remove(variant);
            if (muted) {
                all.add(variant);
            }
            entity.muted = all;
        });
    }

    @Transactional
    Page<Experiment> list(Page.Request request, Optional<Status> status) {
        List<ExperimentEntity> found = ExperimentEntity.<ExperimentEntity>find(
                        "key > ?1 and (?2 is null or status = ?2)",
                        Sort.by("key"),
                        request.after(),
                        status.orElse(null))
                .page(0, request.limit() + 1)
                .list();
        return Page.of(found.stream().map(ExperimentMapping::experiment).toList(), request, Experiment::key);
    }

    /** Every experiment there is. */
    @Transactional
    public List<Experiment> all() {
        return ExperimentEntity.<ExperimentEntity>listAll(Sort.by("key")).stream()
                .map(ExperimentMapping::experiment)
                .toList();
    }

    /**
     * One experiment.
     *
     * @throws ProblemException if there is none with this key
     */
    @Transactional
    public Experiment get(String key) {
        return ExperimentMapping.experiment(entity(key));
    }

    /** The step that makes a unit eligible, if the experiment has one, as it was frozen at the start. */
    @Transactional
    public Optional<Step> entryStep(Experiment experiment) {
        ExperimentJourneys own = new ExperimentJourneys(journeys, experiment.launched());
        return experiment
                .definition()
                .entersBy()
                .flatMap(key -> own.step(key, experiment.definition().journeys()));
    }

    private Experiment change(String action, String key, @Nullable String ifMatch, Consumer<ExperimentEntity> change) {
        return changes.apply(action, experiment(key), () -> {
            ExperimentEntity entity = entity(key);
            EntityTags.requireMatch(ifMatch, entity.version);
            change.accept(entity);
            entity.version++;
            entity.updatedAt = clock.instant();
            return ExperimentMapping.experiment(entity);
        });
    }

    private static Configured experiment(String key) {
        return new Configured(
                "experiment",
                key,
                () -> ExperimentEntity.<ExperimentEntity>findByIdOptional(key)
                        .map(ExperimentMapping::experiment)
                        .map(ExperimentWriter::write));
    }

    private Definition read(JsonNode document, Optional<Launch> launch) {
        Faults faults = new Faults();
        References references = new CurrentReferences(new ExperimentJourneys(journeys, launch));
        Optional<Definition> definition = new ExperimentReader(references).read(document, faults);
        faults.throwIfAny();
        return definition.orElseThrow(() -> new ProblemException(ErrorCode.INVALID_DOCUMENT, "not an experiment"));
    }

    private static void define(ExperimentEntity entity, Definition definition) {
        entity.definition = ExperimentWriter.write(definition).toString();
        entity.layer = definition.layer();
        if (!entity.journeys.equals(Set.copyOf(definition.journeys()))) {
            entity.journeys = new HashSet<>(definition.journeys());
        }
    }

    private static void move(ExperimentEntity entity, Transition transition) {
        entity.status = transition.from(entity.status);
    }

    private static void requireVariant(ExperimentEntity entity, String variant, String pointer) {
        if (ExperimentMapping.definition(entity).variant(variant).isEmpty()) {
            throw ProblemException.invalid(
                    new Fault(pointer, "unknown-variant", "there is no variant with the key " + variant));
        }
    }

    private static ExperimentEntity entity(String key) {
        return ExperimentEntity.<ExperimentEntity>findByIdOptional(key)
                .orElseThrow(
                        () -> new ProblemException(ErrorCode.NOT_FOUND, "there is no experiment with the key " + key));
    }
}
