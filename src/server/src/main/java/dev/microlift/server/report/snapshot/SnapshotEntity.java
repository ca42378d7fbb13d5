package dev.microlift.server.report.snapshot;

import dev.microlift.server.document.Choices;
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
import java.time.LocalDate;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Immutable
@Table(name = "report_snapshot")
@NullUnmarked
class SnapshotEntity extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "report_snapshot_id")
    @SequenceGenerator(name = "report_snapshot_id", sequenceName = "report_snapshot_id", allocationSize = 1)
    Long id;

    @Column(name = "experiment_key")
    String experimentKey;

    @Enumerated(EnumType.STRING)
    Occasion occasion;

    LocalDate day;

    @Column(name = "taken_at")
    Instant takenAt;

    @Column(name = "report_hash")
    String reportHash;

    String decision;

    @JdbcTypeCode(SqlTypes.JSON)
    String body;

    Listed listed() {
        return new Listed(id, Choices.write(occasion), day, takenAt, reportHash, decision);
    }
}
