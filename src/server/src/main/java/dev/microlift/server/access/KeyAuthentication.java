package dev.microlift.server.access;

import dev.microlift.server.configuration.ConfigurationChanged;
import dev.microlift.server.problem.ProblemException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets a request in by its key. */
@ApplicationScoped
public class KeyAuthentication implements HttpAuthenticationMechanism {

    /** Before tokens are looked at, which takes longer. */
    private static final int PRIORITY = DEFAULT_PRIORITY + 100;

    private final KeyRing keys;
    private final SignOn people;
    private final Map<KeyHolder, SecurityIdentity> known = new ConcurrentHashMap<>();

    KeyAuthentication(KeyRing keys, SignOn people) {
        this.keys = keys;
        this.people = people;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        Optional<String> key = PresentedKey.in(name -> context.request().getHeader(name));
        if (key.isEmpty()) {
            return Uni.createFrom().optional(Optional.<SecurityIdentity>empty());
        }
        Optional<HttpServerRequest> request = Optional.of(context.request());
        try {
            if (people.isToken(key.get()) && keys.find(key.get()).isEmpty()) {
                people.expect(request);
                return Uni.createFrom().optional(Optional.<SecurityIdentity>empty());
            }
            KeyHolder holder = keys.enter(key.get(), request);
            holder.requireOrigin(Optional.ofNullable(context.request().getHeader("Origin")));
            return Uni.createFrom().item(known.computeIfAbsent(holder, KeyAuthentication::identity));
        } catch (ProblemException refused) {
            return Uni.createFrom().failure(refused);
        }
    }

    /** Keys come and go; nothing is kept for those that are gone. */
    void forget(@Observes ConfigurationChanged change) {
        known.clear();
    }

    private static SecurityIdentity identity(KeyHolder holder) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(holder.keyId()))
                .addRoles(holder.role().permissions())
                .addAttribute(Actor.ATTRIBUTE, Actor.of(holder))
                .build();
    }

    @Override
    public int getPriority() {
        return PRIORITY;
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer realm=\"microlift\""));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }
}
