package dev.microlift.server.privacy;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "erased_unit")
@NullUnmarked
class ErasedUnitEntity extends PanacheEntityBase {

    @Id
    @Column(name = "unit_hash")
    String unitHash;

    @Column(name = "quick_hash")
    long quickHash;
}
