package dev.microlift.server.access;

import dev.microlift.server.configuration.ConfigurationChanged;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
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

    private final KeyRing keys;
    private final Map<KeyHolder, SecurityIdentity> known = new ConcurrentHashMap<>();

    KeyAuthentication(KeyRing keys) {
        this.keys = keys;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        Optional<String> key = PresentedKey.in(name -> context.request().getHeader(name));
        if (key.isEmpty()) {
            return Uni.createFrom().optional(Optional.<SecurityIdentity>empty());
        }
        Optional<KeyHolder> holder = keys.find(key.get());
        if (holder.isEmpty()) {
            return Uni.createFrom().failure(new AuthenticationFailedException("unknown, expired or revoked key"));
        }
        Optional<String> origin = Optional.ofNullable(context.request().getHeader("Origin"));
        if (!holder.get().allowsOrigin(origin)) {
            return Uni.createFrom().failure(new ForbiddenException("the key does not work from this origin"));
        }
        return Uni.createFrom().item(known.computeIfAbsent(holder.get(), KeyAuthentication::identity));
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
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer realm=\"microlift\""));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }
}
