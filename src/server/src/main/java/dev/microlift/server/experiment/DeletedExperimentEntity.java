package dev.microlift.server.experiment;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

/** That an experiment had run under a key when it was deleted. */
@Entity
@Table(name = "deleted_experiment")
@NullUnmarked
class DeletedExperimentEntity extends PanacheEntityBase {

    @Id
    String key;

    @Column(name = "deleted_at")
    Instant deletedAt;

    static void remember(String key, Instant now) {
        DeletedExperimentEntity entity = new DeletedExperimentEntity();
        entity.key = key;
        entity.deletedAt = now;
        getEntityManager().merge(entity);
    }

    /** When the last experiment of this key was deleted, if one had run. */
    static Optional<Instant> deletedAt(String key) {
        return DeletedExperimentEntity.<DeletedExperimentEntity>findByIdOptional(key)
                .map(entity -> entity.deletedAt);
    }
}
