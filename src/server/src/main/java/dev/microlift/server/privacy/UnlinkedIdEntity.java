package dev.microlift.server.privacy;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "unlinked_id")
@NullUnmarked
class UnlinkedIdEntity extends PanacheEntityBase {

    @Id
    @Column(name = "anonymous_id")
    String anonymousId;

    static UnlinkedIdEntity of(String anonymousId) {
        UnlinkedIdEntity entity = new UnlinkedIdEntity();
        entity.anonymousId = anonymousId;
        return entity;
    }
}
