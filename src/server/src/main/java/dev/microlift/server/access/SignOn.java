package dev.microlift.server.access;

import dev.microlift.server.limit.RequestLimits;
import dev.microlift.server.problem.ProblemException;
import io.quarkus.security.spi.runtime.AuthenticationFailureEvent;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/** Tokens of people, as far as they are not OpenID Connect's own matter: which are tokens, and how many may be wrong. */
@ApplicationScoped
class SignOn {

    /** How the base64 of a token's JSON header begins. */
    private static final String BEGIN = "eyJ";

    private final boolean enabled;
    private final RequestLimits limits;

    SignOn(SignOnSettings settings, RequestLimits limits) {
        this.enabled = settings.enabled();
        this.limits = limits;
    }

    /** Whether a text is meant to be a person's token. */
    boolean isToken(String text) {
        return enabled
                && text.startsWith(BEGIN)
                && text.chars().filter(c -> c == '.').count() == 2;
    }

    /**
     * Before a token's signature is checked, which costs more than a key.
     *
     * @throws ProblemException if too many wrong ones came from there
     */
    void expect(Optional<HttpServerRequest> request) {
        limits.refuseGuessing(request);
    }

    /** Wrong keys are counted where they are looked up; what else fails is a token. */
    void failed(@Observes AuthenticationFailureEvent failure) {
        if (!(failure.getAuthenticationFailure() instanceof ProblemException)
                && failure.getEventProperties().get(RoutingContext.class.getName()) instanceof RoutingContext context) {
            limits.failedLogin(Optional.of(context.request()), "a valid token is required");
        }
    }
}
