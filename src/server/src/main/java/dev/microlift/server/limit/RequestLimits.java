package dev.microlift.server.limit;

import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ErrorResponses;
import dev.microlift.server.problem.ProblemException;
import io.github.bucket4j.TimeMeter;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/** The limits of requests, by their key and their address. */
@ApplicationScoped
public class RequestLimits {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** After the headers that let a page read the refusal (-300), before anybody is authenticated (-200). */
    private static final int BEFORE_AUTHENTICATION = -250;

    private static final String INSIDE = "/q/";

    private final Limiter keys;
    private final Limiter addresses;
    private final Limiter failures;
    private final ErrorResponses errors;
    private final CurrentVertxRequest current;

    @Inject
    RequestLimits(LimitSettings settings, ErrorResponses errors, CurrentVertxRequest current) {
        this(settings, errors, current, TimeMeter.SYSTEM_NANOTIME);
    }

    RequestLimits(LimitSettings settings, ErrorResponses errors, CurrentVertxRequest current, TimeMeter time) {
        this.keys = new Limiter("key", settings.requestsPerKey(), SECOND, time);
        this.addresses = new Limiter("address", settings.requestsPerAddress(), SECOND, time);
        this.failures = new Limiter("failed-logins", settings.failedLogins(), MINUTE, time);
        this.errors = errors;
        this.current = current;
    }

    /** Nothing is read of a request that is too much. What asks for health and metrics is let through. */
    void limitAddresses(@Observes Router router) {
        if (addresses.isOff()) {
            return;
        }
        router.route().order(BEFORE_AUTHENTICATION).handler(context -> {
            Optional<ProblemException> refusal = context.request().path().startsWith(INSIDE)
                    ? Optional.empty()
                    : addresses.take(SenderAddress.of(context.request()));
            refusal.ifPresentOrElse(problem -> errors.write(context, problem), context::next);
        });
    }

    /**
     * Counts a request that came with a valid key.
     *
     * @throws ProblemException if it is one too many
     */
    public void count(String keyId) {
        keys.take(keyId).ifPresent(RequestLimits::refuse);
    }

    /**
     * Counts a request with a wrong key or token.
     *
     * @param request that came with it, if it is known
     * @param detail what is wrong with it
     * @return what to tell the sender
     */
    public ProblemException failedLogin(Optional<HttpServerRequest> request, String detail) {
        return request.map(SenderAddress::of)
                .flatMap(failures::take)
                .orElseGet(() -> new ProblemException(ErrorCode.UNAUTHORIZED, detail));
    }

    /**
     * Refuses a sender who tried too many wrong keys or tokens of late, before more work is done for it.
     *
     * @throws ProblemException if the sender must wait
     */
    public void refuseGuessing(Optional<HttpServerRequest> request) {
        request.map(SenderAddress::of).flatMap(failures::check).ifPresent(RequestLimits::refuse);
    }

    private static void refuse(ProblemException refusal) {
        throw refusal;
    }

    /** The request that is being answered on this thread, if there is one. */
    public Optional<HttpServerRequest> current() {
        if (failures.isOff() || !Arc.container().requestContext().isActive()) {
            return Optional.empty();
        }
        return Optional.ofNullable(current.getCurrent()).map(RoutingContext::request);
    }
}
