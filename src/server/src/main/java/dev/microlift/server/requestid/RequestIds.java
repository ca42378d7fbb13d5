package dev.microlift.server.requestid;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.MDC;

/** Gives every request its id. */
@ApplicationScoped
class RequestIds {

    /** After the filters that give each answer its headers, before everything else. */
    private static final int FIRST = Integer.MIN_VALUE + 1;

    private static final CharSequence HEADER = HttpHeaders.createOptimized(RequestId.HEADER);

    void number(@Observes Router router) {
        router.route().order(FIRST).handler(RequestIds::number);
    }

    private static void number(RoutingContext context) {
        String id = RequestId.of(context.request().getHeader(HEADER));
        MDC.put(RequestId.KEY, id);
        context.response().putHeader(HEADER, id);
        context.next();
    }
}
