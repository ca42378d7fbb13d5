package dev.microlift.server.alert;

import dev.microlift.server.document.Documents;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "alert")
@NullUnmarked
class AlertEntity extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "alert_id")
    @SequenceGenerator(name = "alert_id", sequenceName = "alert_id", allocationSize = 1)
    Long id;

    @Enumerated(EnumType.STRING)
    AlertKind kind;

    String subject;

    @Column(name = "experiment_key")
    String experimentKey;

    @Column(name = "opened_at")
    Instant openedAt;

    @Column(name = "closed_at")
    Instant closedAt;

    @JdbcTypeCode(SqlTypes.JSON)
    String evidence;

    boolean isOf(Finding finding) {
        return kind == finding.kind() && subject.equals(finding.subject());
    }

    Alert alert() {
        return new Alert(id, kind, subject, experimentKey, openedAt, closedAt, Documents.parse(evidence));
    }
}
