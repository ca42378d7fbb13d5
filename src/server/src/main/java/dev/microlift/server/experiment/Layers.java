package dev.microlift.server.experiment;

import dev.microlift.server.configuration.ConfigurationChanges;
import dev.microlift.server.configuration.Configured;
import dev.microlift.server.document.EntityTags;
import dev.microlift.server.document.Page;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps layers. Who owns what of one is told by the experiments that are live. */
@ApplicationScoped
class Layers {

    private final ConfigurationChanges changes;
    private final Clock clock;

    Layers(ConfigurationChanges changes, Clock clock) {
        this.changes = changes;
        this.clock = clock;
    }

    /** A layer and who owns what of it. */
    record Occupied(Layer layer, LayerSpace space) {}

    Occupied create(Layer.Definition definition) {
        return changes.apply("create", layer(definition.key()), () -> {
            if (LayerEntity.findById(definition.key()) != null) {
                throw new ProblemException(
                        ErrorCode.ALREADY_EXISTS, "there is a layer with the key " + definition.key() + " already");
            }
            LayerEntity entity = new LayerEntity();
            entity.key = definition.key();
            entity.name = definition.name();
            entity.unitType = definition.unitType();
            entity.seed = Seeds.draw();
            entity.version = 1;
            entity.createdAt = clock.instant();
            entity.updatedAt = entity.createdAt;
            entity.persist();
            return occupied(entity);
        });
    }

    Occupied replace(Layer.Definition wanted, @Nullable String ifMatch) {
        return changes.apply("replace", layer(wanted.key()), () -> {
            LayerEntity entity = entity(wanted.key());
            EntityTags.requireMatch(ifMatch, entity.version);
            if (!wanted.unitType().equals(entity.unitType)) {
                requireUnused(wanted.key(), "the unitType of a layer in use cannot change");
            }
            if (!wanted.equals(entity.layer().definition())) {
                entity.name = wanted.name();
                entity.unitType = wanted.unitType();
                entity.version++;
                entity.updatedAt = clock.instant();
            }
            return occupied(entity);
        });
    }

    /** Deletes a layer that neither an experiment nor a holdout names. */
    void delete(String key, @Nullable String ifMatch) {
        changes.apply("delete", layer(key), () -> {
            LayerEntity entity = entity(key);
            EntityTags.requireMatch(ifMatch, entity.version);
            requireUnused(key, "a layer in use cannot be deleted");
            entity.delete();
            return key;
        });
    }

    private static void requireUnused(String key, String why) {
        List<String> users = new ArrayList<>();
        ExperimentEntity.<ExperimentEntity>list("layer", Sort.by("key"), key)
                .forEach(experiment -> users.add("the experiment " + experiment.key));
        HoldoutEntity.<HoldoutEntity>list("layer", Sort.by("key"), key)
                .forEach(holdout -> users.add("the holdout " + holdout.key));
        if (!users.isEmpty()) {
            throw new ProblemException(ErrorCode.IN_USE, why + ": it is named by " + String.join(", ", users));
        }
    }

    @Transactional
    Page<Occupied> list(Page.Request request) {
        List<LayerEntity> found = LayerEntity.<LayerEntity>find("key > ?1", Sort.by("key"), request.after())
                .page(0, request.limit() + 1)
                .list();
        return Page.of(
                found.stream().map(Layers::occupied).toList(),
                request,
                listed -> listed.layer().key());
    }

    /**
     * One layer.
     *
     * @throws ProblemException if there is none with this key
     */
    @Transactional
    Occupied get(String key) {
        return occupied(entity(key));
    }

    private static Occupied occupied(LayerEntity entity) {
        return new Occupied(entity.layer(), space(entity.key));
    }

    /** An experiment owns its range from its start to its stop: paused it keeps it. */
    private static LayerSpace space(String key) {
        List<LayerSpace.Owned> owned = ExperimentEntity.<ExperimentEntity>list(
                        "layer = ?1 and status in ?2", key, EnumSet.of(Status.RUNNING, Status.PAUSED))
                .stream()
                .map(ExperimentMapping::experiment)
                .flatMap(experiment -> experiment
                        .launched()
                        .flatMap(Launch::ownRange)
                        .map(own -> new LayerSpace.Owned(experiment.key(), own.range()))
                        .stream())
                .toList();
        return new LayerSpace(owned);
    }

    private static Configured layer(String key) {
        return new Configured(
                "layer",
                key,
                () -> LayerEntity.<LayerEntity>findByIdOptional(key)
                        .map(Layers::occupied)
                        .map(occupied -> LayerDocument.write(occupied.layer(), occupied.space())));
    }

    private static LayerEntity entity(String key) {
        return LayerEntity.<LayerEntity>findByIdOptional(key)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no layer with the key " + key));
    }
}
