package dev.microlift.server.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.assignment.BucketLayout;
import dev.microlift.assignment.Bucketing;
import dev.microlift.assignment.LayoutOutcome;
import dev.microlift.server.configuration.ConfigurationChanges;
import dev.microlift.server.document.EntityTags;
import dev.microlift.server.document.Faults;
import dev.microlift.server.document.Page;
import dev.microlift.server.journey.Journeys;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.Fault;
import dev.microlift.server.problem.ProblemException;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps experiments and leads them through their life. */
@ApplicationScoped
public class Experiments {

    private final ConfigurationChanges changes;
    private final Journeys journeys;
    private final Clock clock;

    Experiments(ConfigurationChanges changes, Journeys journeys, Clock clock) {
        this.changes = changes;
        this.journeys = journeys;
        this.clock = clock;
    }

    Experiment create(JsonNode document) {
        return changes.apply(() -> {
            Definition definition = read(document);
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
            define(entity, definition);
            entity.persist();
            return ExperimentMapping.experiment(entity);
        });
    }

    Experiment replace(String key, JsonNode document, @Nullable String ifMatch) {
        return change(key, ifMatch, entity -> {
            Definition wanted = read(document);
            if (!wanted.key().equals(key)) {
                throw ProblemException.invalid(
                        new Fault("/key", "immutable", "the key in the body is not the key in the address"));
            }
            Experiment current = ExperimentMapping.experiment(entity);
            LiveEdits.check(current, wanted);
            current.launched()
                    .filter(launch -> wanted.traffic() > current.definition().traffic())
                    .ifPresent(launch -> widen(entity, launch, wanted));
            define(entity, wanted);
        });
    }

    /** Deletes a draft, or an experiment of which only the report was left. */
    void delete(String key, @Nullable String ifMatch) {
        changes.apply(() -> {
            ExperimentEntity entity = entity(key);
            EntityTags.requireMatch(ifMatch, entity.version);
            if (entity.status != Status.DRAFT && entity.status != Status.ARCHIVED) {
                throw new ProblemException(
                        ErrorCode.STATE_CONFLICT,
                        "only drafts and archived experiments can be deleted; stop and archive it");
            }
            entity.delete();
            return key;
        });
    }

    Experiment start(String key, @Nullable String ifMatch) {
        return change(key, ifMatch, entity -> {
            move(entity, Transition.START);
            entity.startedAt = clock.instant();
            entity.launch = LaunchFormat.write(launch(ExperimentMapping.definition(entity)))
                    .toString();
        });
    }

    Experiment pause(String key, @Nullable String ifMatch) {
        return change(key, ifMatch, entity -> move(entity, Transition.PAUSE));
    }

    Experiment resume(String key, @Nullable String ifMatch) {
        return change(key, ifMatch, entity -> move(entity, Transition.RESUME));
    }

    /** Why and with which outcome an experiment ends. */
    record Decision(@Nullable String variant, @Nullable String reason) {}

    Experiment stop(String key, Decision decision, @Nullable String ifMatch) {
        return change(key, ifMatch, entity -> {
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
        return change(key, ifMatch, entity -> move(entity, Transition.ARCHIVE));
    }

    /** Serves control's value to a variant's units, or the variant's own again. */
    Experiment mute(String key, String variant, boolean muted, @Nullable String ifMatch) {
        return change(key, ifMatch, entity -> {
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

    private Experiment change(String key, @Nullable String ifMatch, Consumer<ExperimentEntity> change) {
        return changes.apply(() -> {
            ExperimentEntity entity = entity(key);
            EntityTags.requireMatch(ifMatch, entity.version);
            change.accept(entity);
            entity.version++;
            entity.updatedAt = clock.instant();
            return ExperimentMapping.experiment(entity);
        });
    }

    private Definition read(JsonNode document) {
        Faults faults = new Faults();
        Optional<Definition> definition =
                new ExperimentReader(key -> journeys.find(key).isPresent()).read(document, faults);
        faults.throwIfAny();
        return definition.orElseThrow(() -> new ProblemException(ErrorCode.INVALID_DOCUMENT, "not an experiment"));
    }

    private static void define(ExperimentEntity entity, Definition definition) {
        entity.definition = ExperimentWriter.write(definition).toString();
        if (!entity.journeys.equals(Set.copyOf(definition.journeys()))) {
            entity.journeys = new HashSet<>(definition.journeys());
        }
    }

    private static void move(ExperimentEntity entity, Transition transition) {
        entity.status = transition.from(entity.status);
    }

    private Launch launch(Definition definition) {
        Map<String, Integer> versions = new HashMap<>();
        definition.journeys().forEach(key -> versions.put(key, journeys.get(key).version()));
        Set<Integer> used = all().stream()
                .flatMap(experiment -> experiment.launched().stream())
                .map(launch -> Bucketing.seedState(launch.seed()))
                .collect(Collectors.toSet());
        return new Launch(Seeds.draw(used), layout(definition), versions, PlanHash.of(definition));
    }

    /** External assignment knows no buckets of ours; its weights are the shares that are expected. */
    private static BucketLayout layout(Definition definition) {
        double traffic = definition.assignment() == AssignmentMode.EXTERNAL ? 1 : definition.traffic();
        LayoutOutcome outcome = BucketLayout.of(definition.weights(), traffic);
        if (outcome instanceof LayoutOutcome.Fits fits) {
            return fits.layout();
        }
        throw new ProblemException(
                ErrorCode.STATE_CONFLICT,
                "a variant is too narrow: every one needs at least " + BucketLayout.NARROWEST_ARM
                        + " of 10,000 buckets");
    }

    private static void widen(ExperimentEntity entity, Launch launch, Definition wanted) {
        BucketLayout wider = layout(wanted);
        for (int i = 0; i < wider.ranges().size(); i++) {
            if (wider.ranges().get(i).fromBucket()
                            != launch.layout().ranges().get(i).fromBucket()
                    || wider.ranges().get(i).toBucket()
                            < launch.layout().ranges().get(i).toBucket()) {
                throw new IllegalStateException("growing the traffic of " + entity.key + " would move units");
            }
        }
        entity.launch = LaunchFormat.write(new Launch(launch.seed(), wider, launch.journeys(), launch.planHash()))
                .toString();
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
