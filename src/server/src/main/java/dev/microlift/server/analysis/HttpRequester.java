package dev.microlift.server.analysis;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** The client of the present request. What is asked for in the background has none, and is not given up. */
@ApplicationScoped
class HttpRequester implements Requester {

    private final CurrentVertxRequest requests;

    HttpRequester(CurrentVertxRequest requests) {
        this.requests = requests;
    }

    @Override
    public void whenGone(Runnable action) {
        RoutingContext request = Arc.container().requestContext().isActive() ? requests.getCurrent() : null;
        if (request == null) {
            return;
        }
        request.addEndHandler(end -> {
            if (end.failed()) {
                action.run();
            }
        });
        if (request.response().closed()) {
            action.run();
        }
    }
}
