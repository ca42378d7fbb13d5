package dev.microlift.server.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Prepares no request for a failed authentication before its resource is found. Here none can fail so early: keys and tokens
 * are looked at when the resource asks who calls, and then it tells what failed. Quarkus would match each request's address
 * against those of all resources, in tables made for that request, to name the address in the metrics of such a failure.
 */
@ApplicationScoped
class LateAuthentication {

    /** Quarkus's own filter of this priority, which says how to tell a failure, is there before and comes first. */
    private static final int AFTER_AUTHENTICATION = SecurityHandlerPriorities.AUTHENTICATION;

    void observe(@Observes Filters filters) {
        filters.register(
                context -> {
                    context.remove(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
                    context.next();
                },
                AFTER_AUTHENTICATION);
    }
}
