package dev.microlift.server.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.server.access.Actor;
import dev.microlift.server.configuration.Change;
import dev.microlift.server.requestid.RequestId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Optional;

/** Writes the audit log. */
@ApplicationScoped
class AuditLog {

    private final CurrentVertxRequest request;
    private final Clock clock;

    AuditLog(CurrentVertxRequest request, Clock clock) {
        this.request = request;
        this.clock = clock;
    }

    /** Writes down a change, in its transaction. */
    void changing(@Observes Change change) {
        Optional<RoutingContext> sender = Optional.ofNullable(request.getCurrent());
        AuditEntryEntity entry = entry(
                sender.flatMap(Actor::of).orElse(Actor.SYSTEM),
                new Attempt(change.action(), change.kind(), change.key()),
                sender.flatMap(RequestId::of));
        entry.before = change.before().map(JsonNode::toString).orElse(null);
        entry.after = change.after().map(JsonNode::toString).orElse(null);
        entry.persist();
    }

    /** Writes down that somebody tried something in vain. */
    void refused(Actor actor, Attempt attempt, String error, Optional<String> requestId) {
        QuarkusTransaction.requiringNew().run(() -> {
            AuditEntryEntity entry = entry(actor, attempt, requestId);
            entry.error = error;
            entry.persist();
        });
    }

    private AuditEntryEntity entry(Actor actor, Attempt attempt, Optional<String> requestId) {
        AuditEntryEntity entry = new AuditEntryEntity();
        entry.occurredAt = clock.instant();
        entry.actorKind = actor.kind();
        entry.actorId = actor.id();
        entry.actorName = actor.name();
        entry.action = attempt.action();
        entry.objectKind = attempt.kind();
        entry.objectKey = attempt.key();
        entry.requestId = requestId.orElse(null);
        return entry;
    }
}
