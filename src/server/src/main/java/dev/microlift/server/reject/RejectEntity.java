package dev.microlift.server.reject;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "reject")
@NullUnmarked
class RejectEntity extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "reject_id")
    @SequenceGenerator(name = "reject_id", sequenceName = "reject_id", allocationSize = 50)
    Long id;

    @Column(name = "rejected_at")
    Instant rejectedAt;

    String code;

    String pointer;

    String detail;

    String route;

    @Column(name = "key_id")
    String keyId;

    String message;

    static RejectEntity of(Reject reject) {
        RejectEntity entity = new RejectEntity();
        entity.rejectedAt = reject.time();
        entity.code = reject.code();
        entity.pointer = Excerpt.storable(reject.pointer(), Excerpt.BYTES);
        entity.detail = Excerpt.storable(reject.detail(), Excerpt.BYTES);
        entity.route = reject.route();
        entity.keyId = reject.keyId();
        entity.message = Excerpt.storable(reject.message(), Excerpt.BYTES);
        return entity;
    }

    StoredReject shown() {
        return new StoredReject(id, new Reject(rejectedAt, code, pointer, detail, route, keyId, message));
    }
}
