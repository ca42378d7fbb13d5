package dev.microlift.server.experiment;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "experiment")
@NullUnmarked
class ExperimentEntity extends PanacheEntityBase {

    @Id
    String key;

    /** Guards against writers that did not see each other. */
    @Version
    long revision;

    /** What callers see as version and entity tag. */
    int version;

    @Enumerated(EnumType.STRING)
    Status status;

    @JdbcTypeCode(SqlTypes.JSON)
    String definition;

    @JdbcTypeCode(SqlTypes.JSON)
    String launch;

    @JdbcTypeCode(SqlTypes.JSON)
    List<String> muted;

    /** Beside the definition, so that the database itself keeps a journey in use from being deleted. */
    @ElementCollection
    @CollectionTable(name = "experiment_journey", joinColumns = @JoinColumn(name = "experiment_key"))
    @Column(name = "journey_key")
    Set<String> journeys = new HashSet<>();

    /** Beside the definition too, so that the database keeps a layer in use from being deleted; null for none. */
    @Column(name = "layer_key")
    String layer;

    String decision;

    @Column(name = "decision_reason")
    String decisionReason;

    /** When the last experiment of this key was deleted; null if none was. */
    @Column(name = "key_free_since")
    Instant keyFreeSince;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "stopped_at")
    Instant stoppedAt;
}
