package dev.microlift.server.alert.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.alert.AlertChanged;
import dev.microlift.server.alert.webhook.Delivery.State;
import dev.microlift.server.document.Choices;
import dev.microlift.server.document.JsonFormat;
import dev.microlift.server.document.Page;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Keeps what is to be told, in the transaction of what happened: nothing is told that did not happen, or is forgotten. */
@ApplicationScoped
class Deliveries {

    /** An attempt that has no outcome after this long has died with its node. */
    private static final Duration LONGEST_ATTEMPT = Duration.ofMinutes(5);

    private static final Duration KEPT = Duration.ofDays(30);

    /** Takes what is due, for this node alone; what another node takes at the same moment is passed over. */
    private static final String TAKE = """
            update webhook_delivery set attempts = attempts + 1, next_attempt_at = cast(:until as timestamptz)
            where id in (
              select id from webhook_delivery where state = 'PENDING' and next_attempt_at <= cast(:now as timestamptz)
              order by next_attempt_at limit :most for update skip locked)
            returning id""";

    private final EntityManager database;
    private final ObjectMapper json;
    private final Clock clock;

    Deliveries(EntityManager database, ObjectMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    void note(@Observes AlertChanged changed) {
        List<WebhookEntity> interested = WebhookEntity.<WebhookEntity>listAll().stream()
                .filter(webhook -> webhook.wants(changed.alert().kind()))
                .toList();
        String type = "alert." + Choices.write(changed.change());
        interested.forEach(webhook -> note(webhook, type, body(type, changed)));
    }

    private void note(WebhookEntity webhook, String type, String body) {
        DeliveryEntity delivery = new DeliveryEntity();
        delivery.webhook = webhook;
        delivery.messageId = "msg_" + UUID.randomUUID();
        delivery.type = type;
        delivery.body = body;
        delivery.state = State.PENDING;
        delivery.nextAttemptAt = clock.instant();
        delivery.createdAt = delivery.nextAttemptAt;
        delivery.persist();
    }

    private String body(String type, AlertChanged changed) {
        ObjectNode body = json.createObjectNode();
        body.put("type", type);
        body.put("timestamp", JsonFormat.write(clock.instant()));
        body.set("data", json.valueToTree(changed.alert()));
        return body.toString();
    }

    /** What has to be sent now, with its attempt counted already. */
    record Due(long id, String url, String secret, String messageId, String body, int attempt) {

        /** The secret never stands in a log. */
        @Override
        public String toString() {
            return "delivery " + messageId;
        }
    }

    @Transactional
    List<Due> take(int most) {
        Instant now = clock.instant();
        List<?> taken = database.createNativeQuery(TAKE, Long.class)
                .setParameter("now", now)
                .setParameter("until", now.plus(LONGEST_ATTEMPT))
                .setParameter("most", most)
                .getResultList();
        return DeliveryEntity.<DeliveryEntity>list("id in ?1", taken).stream()
                .map(due -> new Due(due.id, due.webhook.url, due.webhook.secret, due.messageId, due.body, due.attempts))
                .toList();
    }

    /** Keeps the outcome of an attempt, unless the webhook was deleted meanwhile. */
    @Transactional
    void finish(Due due, Outcome outcome) {
        DeliveryEntity.<DeliveryEntity>findByIdOptional(due.id()).ifPresent(delivery -> {
            delivery.lastStatus = outcome.status();
            delivery.lastError = outcome.error();
            Retries.next(due.attempt(), outcome)
                    .ifPresentOrElse(
                            pause -> delivery.nextAttemptAt = clock.instant().plus(pause), () -> {
                                delivery.state = outcome.isDelivered() ? State.DELIVERED : State.FAILED;
                                delivery.finishedAt = clock.instant();
                            });
        });
    }

    /** Forgets what was finished long ago. */
    @Transactional
    void forget() {
        DeliveryEntity.delete("finishedAt < ?1", clock.instant().minus(KEPT));
    }

    /** What was told to a webhook, newest first. */
    @Transactional
    Page<Delivery> list(String webhook, Page.Request request) {
        List<DeliveryEntity> found = DeliveryEntity.<DeliveryEntity>find(
                        "webhook.id = ?1 and id < ?2", Sort.descending("id"), webhook, request.number(Long.MAX_VALUE))
                .page(0, request.limit() + 1)
                .list();
        Page<DeliveryEntity> page = Page.of(found, request, delivery -> Long.toString(delivery.id));
        return new Page<>(page.items().stream().map(DeliveryEntity::delivery).toList(), page.nextCursor());
    }
}
