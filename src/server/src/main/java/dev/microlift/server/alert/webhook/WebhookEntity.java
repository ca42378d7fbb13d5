package dev.microlift.server.alert.webhook;

import dev.microlift.server.alert.AlertKind;
import dev.microlift.server.document.Choices;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "webhook")
@NullUnmarked
class WebhookEntity extends PanacheEntityBase {

    @Id
    String id;

    String url;

    @JdbcTypeCode(SqlTypes.JSON)
    List<String> kinds;

    String secret;

    @Column(name = "created_at")
    Instant createdAt;

    boolean wants(AlertKind kind) {
        return kinds.isEmpty() || kinds.contains(Choices.write(kind));
    }

    /** @param shown the secret, to whoever made it */
    Webhook webhook(String shown) {
        List<AlertKind> events = kinds.stream()
                .map(kind -> Choices.find(AlertKind.class, kind))
                .flatMap(Optional::stream)
                .toList();
        return new Webhook(id, url, events, shown, createdAt);
    }
}
