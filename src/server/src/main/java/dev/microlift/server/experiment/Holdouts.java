package dev.microlift.server.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.server.configuration.ConfigurationChanges;
import dev.microlift.server.configuration.Configured;
import dev.microlift.server.document.EntityTags;
import dev.microlift.server.document.Page;
import dev.microlift.server.journey.Journeys;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps holdouts. One is about the experiments that start while it exists; those that run already are left alone, and
 * while one of its own is live it cannot change: nobody's variant flips.
 */
@ApplicationScoped
class Holdouts {

    private final ConfigurationChanges changes;
    private final References references;
    private final Clock clock;

    Holdouts(ConfigurationChanges changes, Journeys journeys, Clock clock) {
        this.changes = changes;
        this.references = new CurrentReferences(new ExperimentJourneys(journeys, Optional.empty()));
        this.clock = clock;
    }

    /** A holdout and the keys of the live experiments that are subject to it. */
    record Applied(Holdout holdout, List<String> experiments) {}

    Applied create(JsonNode document) {
        return changes.apply("create", holdout(document.path("key").asText()), () -> {
            Holdout.Definition definition = read(document);
            if (HoldoutEntity.findById(definition.key()) != null) {
                throw new ProblemException(
                        ErrorCode.ALREADY_EXISTS, "there is a holdout with the key " + definition.key() + " already");
            }
            HoldoutEntity entity = new HoldoutEntity();
            entity.key = definition.key();
            entity.seed = Seeds.draw();
            entity.version = 1;
            entity.createdAt = clock.instant();
            entity.updatedAt = entity.createdAt;
            define(entity, definition);
            entity.persist();
            return applied(entity);
        });
    }

    Applied replace(String key, JsonNode document, @Nullable String ifMatch) {
        return changes.apply("replace", holdout(key), () -> {
            Holdout.Definition wanted = read(document);
            WholeBody.requireKey(wanted.key(), key);
            HoldoutEntity entity = entity(key);
            EntityTags.requireMatch(ifMatch, entity.version);
            Holdout.Definition present = entity.holdout().definition();
            if (present.choosesOtherwiseThan(wanted)) {
                requireUnused(key, "share, unitType and layer cannot change");
            }
            if (!present.equals(wanted)) {
                define(entity, wanted);
                entity.version++;
                entity.updatedAt = clock.instant();
            }
            return applied(entity);
        });
    }

    /** Deletes a holdout that no live experiment is subject to. */
    void delete(String key, @Nullable String ifMatch) {
        changes.apply("delete", holdout(key), () -> {
            HoldoutEntity entity = entity(key);
            EntityTags.requireMatch(ifMatch, entity.version);
            requireUnused(key, "it cannot be deleted");
            entity.delete();
            return key;
        });
    }

    private static void requireUnused(String key, String what) {
        List<String> users = subjectTo(key);
        if (!users.isEmpty()) {
            throw new ProblemException(
                    ErrorCode.IN_USE,
                    "units of the holdout would get another variant: while experiments that were started under it are"
                            + " live " + what + ": " + String.join(", ", users));
        }
    }

    @Transactional
    Page<Applied> list(Page.Request request) {
        List<HoldoutEntity> found = HoldoutEntity.<HoldoutEntity>find("key > ?1", Sort.by("key"), request.after())
                .page(0, request.limit() + 1)
                .list();
        return Page.of(
                found.stream().map(Holdouts::applied).toList(),
                request,
                listed -> listed.holdout().key());
    }

    /**
     * One holdout.
     *
     * @throws ProblemException if there is none with this key
     */
    @Transactional
    Applied get(String key) {
        return applied(entity(key));
    }

    /** What an experiment that starts now is subject to, those about all experiments first. */
    List<Launch.HeldOut> applyingTo(Definition experiment) {
        return HoldoutEntity.<HoldoutEntity>listAll(Sort.by("key")).stream()
                .map(HoldoutEntity::holdout)
                .filter(holdout -> holdout.appliesTo(experiment))
                .sorted(Comparator.comparing(
                        holdout -> holdout.definition().ofLayer().isPresent()))
                .map(Holdout::freeze)
                .toList();
    }

    private Holdout.Definition read(JsonNode document) {
        return WholeBody.read(document, fields -> HoldoutDocument.read(fields, references));
    }

    private static void define(HoldoutEntity entity, Holdout.Definition definition) {
        entity.name = definition.name();
        entity.unitType = definition.unitType();
        entity.layer = definition.layer();
        entity.buckets = definition.buckets();
    }

    private static Applied applied(HoldoutEntity entity) {
        return new Applied(entity.holdout(), subjectTo(entity.key));
    }

    private static List<String> subjectTo(String key) {
        return ExperimentEntity.<ExperimentEntity>list(
                        "status in ?1", Sort.by("key"), EnumSet.of(Status.RUNNING, Status.PAUSED))
                .stream()
                .map(ExperimentMapping::experiment)
                .filter(experiment -> experiment.launched().stream()
                        .flatMap(launch -> launch.holdouts().stream())
                        .anyMatch(heldOut -> heldOut.holdout().equals(key)))
                .map(Experiment::key)
                .toList();
    }

    private static Configured holdout(String key) {
        return new Configured(
                "holdout",
                key,
                () -> HoldoutEntity.<HoldoutEntity>findByIdOptional(key)
                        .map(Holdouts::applied)
                        .map(HoldoutDocument::write));
    }

    private static HoldoutEntity entity(String key) {
        return HoldoutEntity.<HoldoutEntity>findByIdOptional(key)
                .orElseThrow(
                        () -> new ProblemException(ErrorCode.NOT_FOUND, "there is no holdout with the key " + key));
    }
}
