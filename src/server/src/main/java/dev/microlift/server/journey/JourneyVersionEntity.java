package dev.microlift.server.journey;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "journey_version")
@NullUnmarked
class JourneyVersionEntity extends PanacheEntityBase {

    @EmbeddedId
    Id id;

    @JdbcTypeCode(SqlTypes.JSON)
    String definition;

    @Column(name = "created_at")
    Instant createdAt;

    @Embeddable
    record Id(
            @Column(name = "journey_key") String journeyKey,
            @Column(name = "version") int version) {}
}
