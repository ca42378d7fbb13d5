package dev.microlift.server.audit;

import dev.microlift.server.access.Actor;
import dev.microlift.server.access.KeyRing;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.requestid.RequestId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Notes attempts at a change that were refused, whatever refused them: a role, a fault of the document, a state. They are
 * written just after the answer, for it may be given on a thread that must not wait. Whoever comes without a valid key
 * leaves nothing here, and of very many at once some are only counted: attempts must not fill memory.
 */
@ApplicationScoped
class RefusedAttempts {

    private static final Logger LOG = Logger.getLogger(RefusedAttempts.class);
    private static final int WAITING = 1_000;
    private static final int BEFORE_ALL_ROUTES = Integer.MIN_VALUE + 1;

    private final AuditLog log;
    private final KeyRing keys;
    private final Semaphore room = new Semaphore(WAITING);
    private final Counter dropped;

    RefusedAttempts(AuditLog log, KeyRing keys, MeterRegistry meters) {
        this.log = log;
        this.keys = keys;
        this.dropped = Counter.builder("microlift.audit.dropped")
                .description("Refused attempts at a change that the audit log could not take")
                .register(meters);
    }

    void observe(@Observes Router router) {
        router.route("/api/v1/*").order(BEFORE_ALL_ROUTES).handler(context -> {
            if (!context.request().method().equals(HttpMethod.GET)) {
                context.addEndHandler(ended -> note(context));
            }
            context.next();
        });
    }

    private void note(RoutingContext request) {
        Optional<ErrorCode> error = Optional.ofNullable(request.get(ErrorCode.class.getName()));
        Optional<Actor> actor = Actor.of(request);
        Optional<Attempt> attempt = Attempt.of(
                        request.request().method().name(), request.request().path())
                .map(this::withoutSecret);
        if (error.isEmpty() || actor.isEmpty() || attempt.isEmpty()) {
            return;
        }
        Optional<String> requestId = RequestId.of(request);
        if (!room.tryAcquire()) {
            dropped.increment();
            return;
        }
        request.vertx()
                .executeBlocking(
                        () -> {
                            log.refused(actor.get(), attempt.get(), error.get().code(), requestId);
                            return attempt;
                        },
                        false)
                .onComplete(written -> {
                    room.release();
                    if (written.failed()) {
                        dropped.increment();
                        LOG.warn("a refused attempt could not be written to the audit log", written.cause());
                    }
                });
    }

    /** The first admin key is chosen freely, and may look like the key of an experiment. */
    private Attempt withoutSecret(Attempt attempt) {
        return keys.find(attempt.key()).isPresent() ? new Attempt(attempt.action(), attempt.kind(), "") : attempt;
    }
}
