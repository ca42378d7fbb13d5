package dev.microlift.server.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Who does something.
 *
 * @param id a key's public id, or what the issuer of a person's token calls the person
 * @param name for people who read it
 */
public record Actor(Kind kind, String id, String name) {

    /** What kinds of actors there are. */
    public enum Kind {
        /** A program, or a person with a key. */
        KEY,
        /** A person who signed on elsewhere. */
        PERSON,
        /** The server itself. */
        SYSTEM
    }

    /** The server itself. */
    public static final Actor SYSTEM = new Actor(Kind.SYSTEM, "microlift", "microlift");

    static final String ATTRIBUTE = "actor";

    /** Who sent a request, once that is known. */
    public static Optional<Actor> of(RoutingContext request) {
        return request.user() instanceof QuarkusHttpUser user ? of(user.getSecurityIdentity()) : Optional.empty();
    }

    private static Optional<Actor> of(SecurityIdentity identity) {
        return Optional.ofNullable(identity.getAttribute(ATTRIBUTE));
    }

    static Actor of(KeyHolder holder) {
        return new Actor(Kind.KEY, holder.keyId(), holder.name());
    }
}
