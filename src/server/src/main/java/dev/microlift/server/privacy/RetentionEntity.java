package dev.microlift.server.privacy;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "retention")
@NullUnmarked
class RetentionEntity extends PanacheEntityBase {

    @Id
    @Column(name = "event_name")
    String eventName;

    @Column(name = "keep_days")
    int keepDays;

    RetentionRule rule() {
        return new RetentionRule(eventName, Duration.ofDays(keepDays));
    }
}
