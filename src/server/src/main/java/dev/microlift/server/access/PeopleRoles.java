package dev.microlift.server.access;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Turns what a person's token says into what the person may do. Nothing else of a token counts: a claim that happens to be
 * called like a permission gives none. What applications do, evaluate and send, is left to keys.
 */
@ApplicationScoped
class PeopleRoles implements SecurityIdentityAugmentor {

    private static final Set<String> FOR_PEOPLE = Set.of(Permission.READ, Permission.WRITE, Permission.ADMINISTER);

    private final SignOnSettings settings;

    PeopleRoles(SignOnSettings settings) {
        this.settings = settings;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom()
                .item(identity.getPrincipal() instanceof JsonWebToken token ? person(identity, token) : identity);
    }

    private SecurityIdentity person(SecurityIdentity identity, JsonWebToken token) {
        String subject = Optional.ofNullable(token.getSubject()).orElse("");
        String name = Optional.ofNullable(token.getName()).orElse(subject);
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(token)
                .addCredentials(identity.getCredentials())
                .addAttributes(identity.getAttributes())
                .addAttribute(Actor.ATTRIBUTE, new Actor(Actor.Kind.PERSON, subject, name))
                .addRoles(permissions(identity.getRoles()))
                .build();
    }

    private Set<String> permissions(Set<String> claimed) {
        Set<String> permissions = new HashSet<>();
        add(permissions, Role.VIEWER, settings.viewers(), claimed);
        add(permissions, Role.EDITOR, settings.editors(), claimed);
        add(permissions, Role.ADMIN, settings.admins(), claimed);
        permissions.retainAll(FOR_PEOPLE);
        return permissions;
    }

    private static void add(Set<String> permissions, Role role, Optional<List<String>> values, Set<String> claimed) {
        if (values.orElse(List.of()).stream().anyMatch(claimed::contains)) {
            permissions.addAll(role.permissions());
        }
    }
}
