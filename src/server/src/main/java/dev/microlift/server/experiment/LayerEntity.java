package dev.microlift.server.experiment;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "layer")
@NullUnmarked
class LayerEntity extends PanacheEntityBase {

    @Id
    String key;

    String name;

    @Column(name = "unit_type")
    String unitType;

    String seed;

    /** What callers see as version and entity tag. */
    int version;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    Layer layer() {
        return new Layer(new Layer.Definition(key, name, unitType), seed, version, createdAt, updatedAt);
    }
}
