package dev.microlift.server.alert.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.microlift.server.alert.AlertKind;
import dev.microlift.server.configuration.ConfigurationChanges;
import dev.microlift.server.configuration.Configured;
import dev.microlift.server.document.Choices;
import dev.microlift.server.document.Page;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Makes, lists and ends webhooks. */
@ApplicationScoped
class Webhooks {

    /** Each alert is told to each of them. */
    private static final int MOST = 50;

    private final ConfigurationChanges changes;
    private final ObjectMapper json;
    private final Clock clock;

    Webhooks(ConfigurationChanges changes, ObjectMapper json, Clock clock) {
        this.changes = changes;
        this.json = json;
        this.clock = clock;
    }

    /** What somebody wants to be told, and where. */
    record Wanted(String url, List<AlertKind> events) {}

    Webhook create(Wanted wanted) {
        String id = UUID.randomUUID().toString();
        return changes.apply("create", webhook(id), () -> {
            if (WebhookEntity.count() >= MOST) {
                throw new ProblemException(
                        ErrorCode.STATE_CONFLICT, "there are " + MOST + " webhooks already; delete one first");
            }
            WebhookEntity webhook = new WebhookEntity();
            webhook.id = id;
            webhook.url = wanted.url();
            webhook.kinds = wanted.events().stream().map(Choices::write).toList();
            webhook.secret = Signature.newSecret();
            webhook.createdAt = clock.instant();
            webhook.persist();
            return webhook.webhook(webhook.secret);
        });
    }

    @Transactional
    Page<Webhook> list(Page.Request request) {
        List<Webhook> found =
                WebhookEntity.<WebhookEntity>find("id > ?1", Sort.by("id"), request.after())
                        .page(0, request.limit() + 1)
                        .stream()
                        .map(webhook -> webhook.webhook(null))
                        .toList();
        return Page.of(found, request, Webhook::id);
    }

    @Transactional
    Webhook get(String id) {
        return entity(id).webhook(null);
    }

    /** Ends it: what it was not told yet, it is not told any more. */
    void delete(String id) {
        changes.apply("delete", webhook(id), () -> {
            entity(id).delete();
            return id;
        });
    }

    private Configured webhook(String id) {
        return new Configured(
                "webhook",
                id,
                () -> WebhookEntity.<WebhookEntity>findByIdOptional(id)
                        .map(webhook -> json.valueToTree(webhook.webhook(null))));
    }

    private static WebhookEntity entity(String id) {
        return WebhookEntity.<WebhookEntity>findByIdOptional(id)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "there is no webhook with this id"));
    }
}
