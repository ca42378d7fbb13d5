package dev.microlift.server.journey;

import dev.microlift.server.configuration.ConfigurationChanges;
import dev.microlift.server.configuration.Configured;
import dev.microlift.server.document.Documents;
import dev.microlift.server.document.EntityTags;
import dev.microlift.server.document.Faults;
import dev.microlift.server.document.Page;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps journeys and all their versions. */
@ApplicationScoped
public class Journeys {

    private final ConfigurationChanges changes;
    private final EntityManager database;
    private final Clock clock;

    Journeys(ConfigurationChanges changes, EntityManager database, Clock clock) {
        this.changes = changes;
        this.database = database;
        this.clock = clock;
    }

    JourneyVersion create(Journey journey) {
        return changes.apply("create", journey(journey.key()), () -> {
            if (JourneyEntity.findById(journey.key()) != null) {
                throw new ProblemException(
                        ErrorCode.ALREADY_EXISTS, "there is a journey with the key " + journey.key() + " already");
            }
            JourneyEntity entity = new JourneyEntity();
            entity.key = journey.key();
            entity.createdAt = clock.instant();
            addVersion(entity, journey, 1);
            return version(entity);
        });
    }

    /** Makes a new version, unless the journey is the same as before. */
    JourneyVersion replace(Journey journey, @Nullable String ifMatch) {
        return changes.apply("replace", journey(journey.key()), () -> {
            JourneyEntity entity = entity(journey.key());
            EntityTags.requireMatch(ifMatch, entity.version);
            if (!version(entity).journey().equals(journey)) {
                addVersion(entity, journey, entity.version + 1);
            }
            return version(entity);
        });
    }

    /** Deletes a journey that no experiment speaks of. */
    void delete(String key, @Nullable String ifMatch) {
        changes.apply("delete", journey(key), () -> {
            JourneyEntity entity = entity(key);
            EntityTags.requireMatch(ifMatch, entity.version);
            List<?> users = database.createNativeQuery(
                            "select experiment_key from experiment_journey where journey_key = ?1 order by 1")
                    .setParameter(1, key)
                    .getResultList();
            if (!users.isEmpty()) {
                throw new ProblemException(ErrorCode.IN_USE, "the journey is used by the experiment " + users.get(0));
            }
            JourneyVersionEntity.delete("id.journeyKey", key);
            entity.delete();
            return key;
        });
    }

    @Transactional
    Page<JourneyVersion> list(Page.Request request) {
        List<JourneyEntity> found = JourneyEntity.<JourneyEntity>find("key > ?1", Sort.by("key"), request.after())
                .page(0, request.limit() + 1)
                .list();
        return Page.of(
                found.stream().map(this::version).toList(),
                request,
                listed -> listed.journey().key());
    }

    /**
     * The latest version of a journey.
     *
     * @throws ProblemException if there is no such journey
     */
    @Transactional
    public JourneyVersion get(String key) {
        return version(entity(key));
    }

    /** The latest version of a journey, if there is one. */
    @Transactional
    public Optional<JourneyVersion> find(String key) {
        return JourneyEntity.<JourneyEntity>findByIdOptional(key).map(this::version);
    }

    /**
     * One version of a journey.
     *
     * @throws ProblemException if there is no such version
     */
    @Transactional
    public JourneyVersion get(String key, int version) {
        return version(entity(key), version);
    }

    private Configured journey(String key) {
        return new Configured("journey", key, () -> find(key).map(JourneyWriter::write));
    }

    private void addVersion(JourneyEntity entity, Journey journey, int version) {
        Instant now = clock.instant();
        entity.version = version;
        entity.updatedAt = now;
        JourneyVersionEntity added = new JourneyVersionEntity();
        added.id = new JourneyVersionEntity.Id(journey.key(), version);
        added.definition = JourneyWriter.write(journey).toString();
        added.createdAt = now;
        if (version == 1) {
            entity.persist();
        }
        added.persist();
    }

    private JourneyVersion version(JourneyEntity entity) {
        return version(entity, entity.version);
    }

    private JourneyVersion version(JourneyEntity entity, int version) {
        JourneyVersionEntity stored = JourneyVersionEntity.<JourneyVersionEntity>findByIdOptional(
                        new JourneyVersionEntity.Id(entity.key, version))
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.NOT_FOUND, "the journey " + entity.key + " has no version " + version));
        Journey journey = JourneyReader.read(Documents.parse(stored.definition), new Faults())
                .orElseThrow(() -> new IllegalStateException("the stored journey " + entity.key + " is faulty"));
        return new JourneyVersion(journey, version, entity.createdAt, stored.createdAt);
    }

    private static JourneyEntity entity(String key) {
        return JourneyEntity.<JourneyEntity>findByIdOptional(key)
                .orElseThrow(
                        () -> new ProblemException(ErrorCode.NOT_FOUND, "there is no journey with the key " + key));
    }
}
