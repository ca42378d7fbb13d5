package dev.microlift.server.privacy;

import dev.microlift.server.eventstore.LinkedUnit;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "erasure")
@NullUnmarked
class ErasureEntity extends PanacheEntityBase {

    @Id
    String id;

    /** Larger for what was asked for later. */
    @Generated
    @Column(insertable = false, updatable = false)
    Long number;

    @Column(name = "unit_type")
    String unitType;

    @Column(name = "unit_hash")
    String unitHash;

    @Column(name = "unit_id")
    String unitId;

    @Column(name = "with_linked")
    boolean withLinked;

    @Enumerated(EnumType.STRING)
    Erasure.Step step;

    long messages;

    long rejects;

    @JdbcTypeCode(SqlTypes.JSON)
    List<LinkedUnit> linked;

    String failure;

    @Column(name = "requested_at")
    Instant requestedAt;

    @Column(name = "done_at")
    Instant doneAt;

    Erasure shown() {
        return new Erasure(id, unitType, unitHash, step, messages, rejects, linked, failure, requestedAt, doneAt);
    }
}
