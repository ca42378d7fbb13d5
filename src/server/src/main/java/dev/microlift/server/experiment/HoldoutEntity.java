package dev.microlift.server.experiment;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "holdout")
@NullUnmarked
class HoldoutEntity extends PanacheEntityBase {

    @Id
    String key;

    String name;

    @Column(name = "unit_type")
    String unitType;

    /** Null for one that is about all experiments. */
    @Column(name = "layer_key")
    String layer;

    String seed;

    /** How many of the 10,000 buckets are kept out: the first ones. */
    int buckets;

    /** What callers see as version and entity tag. */
    int version;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    Holdout holdout() {
        return new Holdout(
                new Holdout.Definition(key, name, unitType, layer, buckets), seed, version, createdAt, updatedAt);
    }
}
