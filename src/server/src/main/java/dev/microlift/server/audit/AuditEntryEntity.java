package dev.microlift.server.audit;

import dev.microlift.server.access.Actor;
import dev.microlift.server.document.Documents;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Immutable
@Table(name = "audit_entry")
@NullUnmarked
class AuditEntryEntity extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(name = "occurred_at")
    Instant occurredAt;

    @Enumerated(EnumType.STRING)
    @Column(name = "actor_kind")
    Actor.Kind actorKind;

    @Column(name = "actor_id")
    String actorId;

    @Column(name = "actor_name")
    String actorName;

    String action;

    @Column(name = "object_kind")
    String objectKind;

    @Column(name = "object_key")
    String objectKey;

    String error;

    @Column(name = "request_id")
    String requestId;

    @JdbcTypeCode(SqlTypes.JSON)
    String before;

    @JdbcTypeCode(SqlTypes.JSON)
    String after;

    AuditEntry shown() {
        return new AuditEntry(
                id,
                occurredAt,
                new Actor(actorKind, actorId, actorName),
                action,
                new AuditEntry.Thing(objectKind, objectKey),
                error == null ? AuditEntry.Outcome.DONE : AuditEntry.Outcome.REFUSED,
                error,
                requestId,
                before == null ? null : Documents.parse(before),
                after == null ? null : Documents.parse(after));
    }
}
