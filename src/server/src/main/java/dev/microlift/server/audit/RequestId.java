package dev.microlift.server.audit;

import com.google.re2j.Pattern;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** What a sender calls a request, so that entries can be found again in the sender's own log. */
final class RequestId {

    private static final String HEADER = "X-Request-Id";
    private static final Pattern FORM = Pattern.compile("[0-9A-Za-z._:/+=-]{1,128}");

    private RequestId() {}

    /** The request's name, if it has one that can be kept. */
    static Optional<String> of(RoutingContext request) {
        return Optional.ofNullable(request.request().getHeader(HEADER))
                .filter(text -> FORM.matcher(text).matches());
    }
}
