package dev.microlift.server.alert.webhook;

import dev.microlift.server.alert.webhook.Delivery.State;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "webhook_delivery")
@NullUnmarked
class DeliveryEntity extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "webhook_delivery_id")
    @SequenceGenerator(name = "webhook_delivery_id", sequenceName = "webhook_delivery_id", allocationSize = 1)
    Long id;

    @ManyToOne(fetch = FetchType.EAGER)
    @JoinColumn(name = "webhook_id")
    WebhookEntity webhook;

    @Column(name = "message_id")
    String messageId;

    String type;

    String body;

    @Enumerated(EnumType.STRING)
    State state;

    int attempts;

    @Column(name = "next_attempt_at")
    Instant nextAttemptAt;

    @Column(name = "last_status")
    Integer lastStatus;

    @Column(name = "last_error")
    String lastError;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "finished_at")
    Instant finishedAt;

    Delivery delivery() {
        return new Delivery(
                messageId,
                type,
                state,
                attempts,
                state == State.PENDING ? nextAttemptAt : null,
                lastStatus,
                lastError,
                createdAt,
                finishedAt);
    }
}
